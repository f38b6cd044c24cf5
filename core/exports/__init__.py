"""Reading the export files of platforms, whatever their encoding, language and layout."""

from .export import Column, Export, Table
from .options import ReadOptions
from .read import read_export
from .source import ExportError

__all__ = ["Column", "Export", "ExportError", "ReadOptions", "Table", "read_export"]
