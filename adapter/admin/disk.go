//go:build unix

package admin

import (
	"path/filepath"
	"syscall"
)

// FreeSpace is how many bytes the disk of a file has left for us; -1 if nobody says.
func FreeSpace(file string) int64 {
	if file == "" {
		return -1
	}
	var s syscall.Statfs_t
	if err := syscall.Statfs(filepath.Dir(file), &s); err != nil {
		return -1
	}
	return int64(s.Bavail) * int64(s.Bsize) // of other types elsewhere
}
