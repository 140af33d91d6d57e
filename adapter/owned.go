//go:build unix

package adapter

import (
	"fmt"
	"io/fs"
	"os"
	"syscall"
)

// ownedByUs refuses what belongs to another user.
func ownedByUs(info fs.FileInfo, name string) error {
	stat, ok := info.Sys().(*syscall.Stat_t)
	if ok && int(stat.Uid) != os.Geteuid() {
		return fmt.Errorf("the data folder %s belongs to another user than the adapter's: chown it", name)
	}
	return nil
}
