"""Profiles of platform exports, one TOML file a platform."""
