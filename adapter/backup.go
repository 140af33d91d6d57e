package adapter

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"

	"github.com/patchcord/patchcord/adapter/store"
)

// keptFiles are those of a data folder beside the database: the key that seals sessions, and who the adapter is to the org.
var keptFiles = []string{"key", "app.json"}

// Backup copies a data folder, as it is at one moment, into a folder that is new or empty. The adapter may run meanwhile. The copy is a
// data folder itself.
func Backup(ctx context.Context, data, to string) error {
	file, err := worked(data)
	if err != nil {
		return err
	}
	if err := backupFolder(to); err != nil {
		return err
	}
	if _, err := backupFiles(data, to); err != nil {
		return err
	}
	return store.Copy(ctx, file, filepath.Join(to, storeFile))
}

// BackupSecrets copies what a node keeps beside the database that it shares, its key and who it is to the org, and names what was there. It
// goes into a folder that is new or empty.
func BackupSecrets(cfg Config, to string) (names []string, err error) {
	if err := backupFolder(to); err != nil {
		return nil, err
	}
	if cfg.Data != "" {
		if names, err = backupFiles(cfg.Data, to); err != nil {
			return names, err
		}
	}
	if cfg.KeyFile == "" {
		return names, nil
	}
	key := filepath.Join(to, keptFiles[0])
	if there(key) != "" { // key_file is the one that counts
		if err := os.Remove(key); err != nil {
			return names, err
		}
		names = slices.DeleteFunc(names, func(name string) bool { return name == keptFiles[0] })
	}
	return append(names, keptFiles[0]), copyFile(cfg.KeyFile, key)
}

// backupFolder makes a folder that is new or empty.
func backupFolder(to string) error {
	if there, err := os.ReadDir(to); err == nil && len(there) > 0 {
		return fmt.Errorf("%s is not empty: name a new folder, so that no older backup is spoilt", to)
	}
	if err := os.MkdirAll(to, 0o700); err != nil {
		return err
	}
	return os.Chmod(to, 0o700) // it holds keys and what people said and did
}

// backupFiles copies what a data folder keeps beside the database, as far as it is there.
func backupFiles(data, to string) (names []string, err error) {
	for _, name := range keptFiles {
		switch err := copyFile(filepath.Join(data, name), filepath.Join(to, name)); {
		case err == nil:
			names = append(names, name)
		case !errors.Is(err, os.ErrNotExist):
			return names, err
		}
	}
	return names, nil
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
