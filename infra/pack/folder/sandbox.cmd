@echo off
rem The command "sandbox" from this folder: nothing is installed, nothing is fetched. Example: sandbox.cmd doctor
setlocal
chcp 65001 >nul 2>nul
"%~dp0node\win-x64\node.exe" "%~dp0dist\cli\main.js" %*
exit /b %errorlevel%
