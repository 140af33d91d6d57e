package pgtest

import (
	"cmp"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
)

// What a person does about a program that is not there.
var (
	errNoPostgres  = errors.New("there is no PostgreSQL server on this machine: install Debian's package postgresql")
	errNoPgBouncer = errors.New("there is no PgBouncer on this machine: install Debian's package pgbouncer")
)

// Find is the folder of PostgreSQL's programs: of Debian's newest version, else the one of the PATH.
func Find() (bin string, err error) {
	// Debian's folders are named for the major version.
	folders, err := filepath.Glob("/usr/lib/postgresql/*/bin")
	if err != nil {
		return "", err
	}
	slices.SortFunc(folders, func(a, b string) int { return cmp.Compare(major(b), major(a)) })
	if found, err := exec.LookPath("initdb"); err == nil {
		// A link in the PATH may stand alone; its programs are where it leads.
		if real, err := filepath.EvalSymlinks(found); err == nil {
			folders = append(folders, filepath.Dir(real))
		}
	}
	for _, folder := range folders {
		if complete(folder) {
			return folder, nil
		}
	}
	return "", errNoPostgres
}

// major is the version that a folder is named for, 0 if it is none.
func major(bin string) float64 {
	version, err := strconv.ParseFloat(filepath.Base(filepath.Dir(bin)), 64)
	if err != nil {
		return 0
	}
	return version
}

// complete reports whether a folder has all programs that are used here.
func complete(bin string) bool {
	for _, name := range []string{"initdb", "postgres", "pg_ctl", "pg_basebackup"} {
		if _, err := os.Stat(filepath.Join(bin, name)); err != nil {
			return false
		}
	}
	return true
}

// findPgBouncer is the path of the program. Debian keeps it where the PATH of most people does not lead.
func findPgBouncer() (string, error) {
	for _, name := range []string{"pgbouncer", "/usr/sbin/pgbouncer"} {
		if found, err := exec.LookPath(name); err == nil {
			return found, nil
		}
	}
	return "", errNoPgBouncer
}
