package adapter

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/patchcord/patchcord/adapter/identity"
	"github.com/patchcord/patchcord/adapter/store"
	"github.com/patchcord/patchcord/adapter/store/move"
)

// Moved is what was moved, and what goes with it.
type Moved struct {
	Tables []move.Table
	To     string // where all is now, for a person
	// Key is the file of the key that sealed it, "" if it came from the environment; App that of who the adapter is to the org, "" if the
	// configuration names it.
	Key, App string
	Left     string // file of what was moved; "" for none
}

const (
	unfinished = "a move into this database is under way, or was cut off: to empty it and begin anew, run patchcord move to-postgres " +
		"--again"
	goesOut = "what this database keeps is being moved into a folder, or that was cut off: run patchcord move to-folder again"
	wentOut = "what this database kept was moved into the folder %s: run the adapter there, without postgres, or bring it back by " +
		"patchcord move to-postgres --again"
)

// MoveToPostgres carries what a folder keeps into an empty database that nobody uses. again has what an earlier move left there, or what
// was moved from there to a folder, taken out first. tell hears how far it is.
func MoveToPostgres(ctx context.Context, cfg Config, again bool, tell func(move.Part)) (moved Moved, err error) {
	file := folder{path: cfg.Data}.file(storeFile)
	if _, err := os.Stat(file); err != nil {
		if there(folder{path: cfg.Data}.file(movedFile)) != "" {
			return moved, fmt.Errorf("what the folder %s kept was moved to PostgreSQL already: start the nodes", cfg.Data)
		}
		return moved, fmt.Errorf("no store is in the folder %s: %w", cfg.Data, err)
	}
	home, err := holdFolder(cfg.Data)
	if err != nil {
		return moved, err
	}
	defer func() { err = errors.Join(err, home.release()) }()
	key, keyFile, err := keyOf(cfg, home)
	if err != nil {
		return moved, err
	}
	from, err := store.Open(ctx, file)
	if err != nil {
		return moved, err
	}
	defer func() { err = errors.Join(err, from.Close()) }()
	to, err := store.OpenPostgres(ctx, cfg.Postgres.Expose(), cfg.Clock)
	if err != nil {
		return moved, err
	}
	defer func() { err = errors.Join(err, to.Close()) }()
	if err := to.Nodes().ShutIn(ctx, store.Shut{Why: unfinished}, again); err != nil {
		return moved, fmt.Errorf("%s: %w", to.Name(), err)
	}
	moved = Moved{To: to.Name(), Key: keyFile, App: there(home.file("app.json")), Left: home.file(movedFile)}
	if moved.Tables, err = store.Move(ctx, from, to, tell); err != nil {
		return moved, fmt.Errorf("the move was cut off: begin anew by patchcord move to-postgres --again: %w", err)
	}
	if err := to.Nodes().Opened(ctx, prints(cfg, key)); err != nil {
		return moved, err
	}
	if err := from.Close(); err != nil {
		return moved, err
	}
	return moved, renameStore(file, moved.Left)
}

// there is the file's name if it is there.
func there(file string) string {
	if _, err := os.Stat(file); err != nil {
		return ""
	}
	return file
}

// keyOf is the key that sealed what is in a folder, and the file that it is in; "" for the environment. One that the configuration names
// for the nodes must be the same.
func keyOf(cfg Config, home folder) (key identity.Key, file string, err error) {
	file = home.file("key")
	if os.Getenv(identity.KeyVariable) != "" {
		file = ""
	} else if there(file) == "" && cfg.KeyFile != "" {
		file = cfg.KeyFile
	}
	if key, err = givenKey(file); err != nil {
		return key, file, fmt.Errorf("the key that sealed what the folder keeps: %w", err)
	}
	if file == "" || there(cfg.KeyFile) == "" {
		return key, file, nil
	}
	named, err := givenKey(cfg.KeyFile)
	if err == nil && identity.Fingerprint(named) != identity.Fingerprint(key) {
		err = fmt.Errorf("key_file: %s is another key than %s, which sealed what the folder keeps: put that one there", cfg.KeyFile, file)
	}
	return key, file, err
}

// givenKey takes a key from the environment, else from a file that is there.
func givenKey(file string) (identity.Key, error) {
	if os.Getenv(identity.KeyVariable) == "" {
		if _, err := os.Stat(file); err != nil {
			return identity.Key{}, err
		}
	}
	return identity.LoadKey(file)
}

// reopenWithin is how long it may take to let nodes in again.
const reopenWithin = 10 * time.Second

// MoveToFolder carries what a database keeps that nobody uses any more into a folder without a store. Stopped in the middle, it leaves none
// there. tell hears how far it is.
func MoveToFolder(ctx context.Context, cfg Config, tell func(move.Part)) (moved Moved, err error) {
	home, err := holdFolder(cfg.Data)
	if err != nil {
		return moved, err
	}
	defer func() { err = errors.Join(err, home.release()) }()
	if file := home.file(storeFile); there(file) != "" {
		return moved, fmt.Errorf("%s is there: name a folder that keeps no store, or move the file away", file)
	}
	from, err := store.OpenPostgres(ctx, cfg.Postgres.Expose(), cfg.Clock)
	if err != nil {
		return moved, err
	}
	defer func() { err = errors.Join(err, from.Close()) }()
	if moved.Key, err = keyInto(ctx, cfg, home, from); err != nil {
		return moved, fmt.Errorf("%s: %w", from.Name(), err)
	}
	before, err := from.Nodes().ShutOut(ctx, store.Shut{Why: goesOut, Whole: true})
	if err != nil {
		return moved, fmt.Errorf("%s: %w", from.Name(), err)
	}
	moved.To, moved.App = cfg.Data, there(home.file("app.json"))
	if moved.Tables, err = intoFile(ctx, from, home, tell); err != nil {
		limited, cancel := context.WithTimeout(context.WithoutCancel(ctx), reopenWithin)
		defer cancel()
		return moved, errors.Join(fmt.Errorf("the move was cut off, nodes may go on: %w", err), from.Nodes().PutShut(limited, before))
	}
	return moved, from.Nodes().PutShut(ctx, store.Shut{Why: fmt.Sprintf(wentOut, cfg.Data), Whole: true})
}

// intoFile copies a store into a file that gets its name when it is whole.
func intoFile(ctx context.Context, from *store.Store, home folder, tell func(move.Part)) (tables []move.Table, err error) {
	part := home.file(storeFile + ".part")
	for _, side := range []string{"", "-wal", "-shm"} { // of an earlier one
		if err := os.Remove(part + side); err != nil && !errors.Is(err, os.ErrNotExist) {
			return nil, err
		}
	}
	to, err := store.Open(ctx, part)
	if err != nil {
		return nil, err
	}
	tables, err = store.Move(ctx, from, to, tell)
	if err := errors.Join(err, to.Close()); err != nil {
		return tables, errors.Join(err, os.Remove(part))
	}
	return tables, renameStore(part, home.file(storeFile))
}

// renameStore gives a store's file another name, its journal first, which is mostly not there.
func renameStore(file, to string) error {
	if err := os.Rename(file+"-wal", to+"-wal"); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	return os.Rename(file, to)
}

// keyInto makes sure that the folder has the key that sealed what the store keeps, and says which file that is; "" for the environment.
func keyInto(ctx context.Context, cfg Config, home folder, from *store.Store) (file string, err error) {
	if os.Getenv(identity.KeyVariable) == "" {
		file = home.file("key")
	}
	if file != "" && there(file) == "" {
		if cfg.KeyFile == "" {
			return file, fmt.Errorf("%s is not there: put the nodes' key there, which sealed what is kept", file)
		}
		if err := copyFile(cfg.KeyFile, file); err != nil {
			return file, fmt.Errorf("key_file: %w", err)
		}
	}
	key, err := givenKey(file)
	if err != nil {
		return file, err
	}
	known, err := from.Nodes().Prints(ctx)
	own := prints(cfg, key)
	switch {
	case err != nil:
		return file, err
	case known["key"] != "" && known["key"] != own["key"]:
		return file, fmt.Errorf("%s is another key than the one that sealed what is kept: put the nodes' key there",
			cmp.Or(file, identity.KeyVariable))
	case known["app"] != "" && known["app"] != own["app"]:
		return file, fmt.Errorf("the adapter would be another app to the org: put the nodes' app.json into %s, or name their "+
			"salesforce.key_file and client_id", filepath.Clean(cfg.Data))
	}
	return file, nil
}
