package pgtest

import (
	"errors"
	"fmt"
	"os"
	"os/user"
	"path/filepath"
	"strconv"
)

// account is who a program runs as. PostgreSQL and PgBouncer refuse to run as root.
type account struct {
	uid, gid int
	other    bool // than who runs the test
}

// runAs is the present user, or the one whom Debian made for PostgreSQL if that is root.
func runAs() (account, error) {
	if os.Getuid() != 0 {
		return account{uid: os.Getuid(), gid: os.Getgid()}, nil
	}
	var unknown error
	for _, name := range []string{"postgres", "nobody"} {
		found, err := user.Lookup(name)
		if err != nil {
			unknown = errors.Join(unknown, err)
			continue
		}
		uid, errUser := strconv.Atoi(found.Uid)
		gid, errGroup := strconv.Atoi(found.Gid)
		return account{uid: uid, gid: gid, other: true}, errors.Join(errUser, errGroup)
	}
	return account{}, fmt.Errorf("servers do not run as root: %w", unknown)
}

// folder makes a folder for temporary files that the account reaches.
func (a account) folder() (string, error) {
	parent, err := filepath.EvalSymlinks(os.TempDir()) // processes say where they work without links
	if err != nil {
		return "", err
	}
	if a.other && !open(parent) {
		parent = "/tmp"
	}
	folder, err := os.MkdirTemp(parent, "patchcord-postgres-")
	if err != nil || !a.other {
		return folder, err
	}
	return folder, os.Chmod(folder, 0o755)
}

// open reports whether everybody reaches a folder from the root.
func open(folder string) bool {
	for ; ; folder = filepath.Dir(folder) {
		info, err := os.Stat(folder)
		if err != nil || info.Mode().Perm()&0o001 == 0 {
			return false
		}
		if folder == filepath.Dir(folder) {
			return true
		}
	}
}

// own gives a file to the account.
func (a account) own(name string) error {
	if !a.other {
		return nil
	}
	return os.Chown(name, a.uid, a.gid)
}

// write makes a file that only the account reads.
func (a account) write(name string, text []byte) error {
	return errors.Join(os.WriteFile(name, text, 0o600), a.own(name))
}
