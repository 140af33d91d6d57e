package adapter

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/gofrs/flock"
)

// folder is where an adapter keeps its state, held by one process at a time: two that write into one would each lose what the other took.
type folder struct {
	path string // "" keeps all in memory
	lock *flock.Flock
}

// holdFolder makes the folder, for its owner only, and holds it until release.
func holdFolder(path string) (folder, error) {
	if path == "" {
		return folder{}, nil
	}
	if err := os.MkdirAll(path, 0o700); err != nil {
		return folder{}, err
	}
	f := folder{path: path, lock: flock.New(filepath.Join(path, "lock"), flock.SetPermissions(0o600))}
	held, err := f.lock.TryLock()
	if err != nil {
		return folder{}, fmt.Errorf("lock %s: %w", path, err)
	}
	if !held {
		return folder{}, fmt.Errorf("another adapter works in the folder %s: end it first, or name another folder under data", path)
	}
	return f, nil
}

// file is the path of a file in the folder; "" without one.
func (f folder) file(name string) string {
	if f.path == "" {
		return ""
	}
	return filepath.Join(f.path, name)
}

func (f folder) release() error {
	if f.lock == nil {
		return nil
	}
	return f.lock.Unlock()
}
