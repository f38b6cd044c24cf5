@echo off
setlocal EnableExtensions DisableDelayedExpansion
rem Up to the next line all is ASCII, which every code page reads alike.
chcp 65001 >nul
cls
title Tracksheet
@{about}
set "PYTHONUTF8=1"
set "NoDefaultCurrentDirectoryInExePath=1"
set "run="
for %%P in ("%~dp0.venv\Scripts\python.exe" "%~dp0..\.venv\Scripts\python.exe"@{python}) do if not defined run if exist %%P %%P -P -c "import tracksheet" >nul 2>nul && set run=%%P -P -m tracksheet
if not defined run for %%N in (tracksheet.exe) do if not "%%~$PATH:N"=="" set run="%%~$PATH:N"
if not defined run py -3 -P -c "import tracksheet" >nul 2>nul && set run=py -3 -P -m tracksheet
if not defined run findstr /r /c:"^name = .tracksheet." "%~dp0..\pyproject.toml" >nul 2>nul && uv --version >nul 2>nul && set run=uv run --project "%~dp0.." tracksheet

set "code=missing"
if defined run echo @{working}
if defined run echo.
if defined run %run% refresh --open "%~dp0."
if defined run set "code=%errorlevel%"

echo.
set "known="
for %%C in (0 1 2 missing) do if "%code%"=="%%C" set "known=1"
@{done}
@{remarks}
@{failed}
@{missing}
@{unexpected}
if "%code%"=="missing" set "code=2"
echo.
echo @{close}
pause >nul
exit /b %code%
