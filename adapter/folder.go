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

const (
	storeFile = "adapter.db"
	// movedFile is what the store's file is called once what it keeps has been moved elsewhere.
	movedFile = storeFile + ".moved"
)

// fits refuses a folder whose store would be left unseen: the adapter would begin anew, and nobody would be signed in.
func (f folder) fits(shared bool) error {
	if f.path == "" {
		return nil
	}
	_, err := os.Stat(f.file(storeFile))
	_, errMoved := os.Stat(f.file(movedFile))
	switch {
	case shared && err == nil:
		return fmt.Errorf("%s keeps a store, but postgres names another one: bring it there by patchcord move to-postgres, or move the file "+
			"away", f.file(storeFile))
	case !shared && err != nil && errMoved == nil:
		return fmt.Errorf("what the folder %s kept was moved to PostgreSQL: name that under postgres, or bring it back by patchcord move "+
			"to-folder", f.path)
	}
	return nil
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
