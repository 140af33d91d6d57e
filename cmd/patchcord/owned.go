//go:build unix

package main

import (
	"fmt"
	"os"
	"path/filepath"
	"syscall"
)

// trusted says why a socket is not asked, which would be told all and could answer anything: it and its folder must be this user's, or an
// administrator's, and nobody else may write there. nil if it may be asked.
func trusted(socket string) error {
	socket, err := filepath.Abs(socket)
	if err != nil {
		return err
	}
	for _, name := range []string{filepath.Dir(socket), socket} {
		info, err := os.Stat(name)
		if err != nil {
			return err
		}
		stat, ok := info.Sys().(*syscall.Stat_t)
		if !ok || int(stat.Uid) != os.Getuid() && stat.Uid != 0 {
			return fmt.Errorf("%s belongs to another user, so what answers there is not asked", name)
		}
		if info.Mode().Perm()&0o022 != 0 {
			return fmt.Errorf("%s may be changed by other users, so what answers there is not asked: chmod go-w %s", name, name)
		}
	}
	return nil
}

// ownFolder says whether a folder is this user's alone: anybody may make one in the temporary folder.
func ownFolder(name string) bool {
	info, err := os.Lstat(name)
	if err != nil || !info.IsDir() || info.Mode().Perm()&0o077 != 0 {
		return false
	}
	stat, ok := info.Sys().(*syscall.Stat_t)
	return ok && int(stat.Uid) == os.Getuid()
}
