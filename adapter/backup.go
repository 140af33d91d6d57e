package adapter

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/patchcord/patchcord/adapter/store"
)

// keptFiles are those of a data folder beside the database: the key that seals sessions, and who the adapter is to the org.
var keptFiles = []string{"key", "app.json"}

// Backup copies a data folder, as it is at one moment, into a folder that is new or empty. The adapter may run meanwhile. The copy is a
// data folder itself.
func Backup(ctx context.Context, data, to string) error {
	file := folder{path: data}.file("adapter.db")
	if _, err := os.Stat(file); err != nil {
		return fmt.Errorf("no adapter has worked in the folder %s: %w", data, err)
	}
	if there, err := os.ReadDir(to); err == nil && len(there) > 0 {
		return fmt.Errorf("%s is not empty: name a new folder, so that no older backup is spoilt", to)
	}
	if err := os.MkdirAll(to, 0o700); err != nil {
		return err
	}
	if err := os.Chmod(to, 0o700); err != nil { // it holds keys and what people said and did
		return err
	}
	for _, name := range keptFiles {
		err := copyFile(filepath.Join(data, name), filepath.Join(to, name))
		if err != nil && !errors.Is(err, os.ErrNotExist) {
			return err
		}
	}
	return store.Copy(ctx, file, filepath.Join(to, "adapter.db"))
}

func copyFile(from, to string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Sync(), out.Close())
}
