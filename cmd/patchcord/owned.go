//go:build unix

package main

import (
	"os"
	"syscall"
)

// ownFolder says whether a folder is this user's alone: anybody may make one in the temporary folder.
func ownFolder(name string) bool {
	info, err := os.Lstat(name)
	if err != nil || !info.IsDir() || info.Mode().Perm()&0o077 != 0 {
		return false
	}
	stat, ok := info.Sys().(*syscall.Stat_t)
	return ok && int(stat.Uid) == os.Getuid()
}
