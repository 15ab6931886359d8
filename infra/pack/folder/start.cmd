@echo off
rem Starts the sandbox from this folder. Options are those of "sandbox up": start.cmd --share
call "%~dp0sandbox.cmd" up %*
if errorlevel 1 pause
