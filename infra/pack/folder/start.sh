#!/bin/sh
# Starts the sandbox from this folder. Options are those of `sandbox up`: sh start.sh --share
set -- up "$@"
case $0 in
*/*) . "${0%/*}/sandbox.sh" ;;
*) . ./sandbox.sh ;;
esac
