package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"

	"github.com/patchcord/patchcord/adapter/store/database"
)

// Copy writes a database as it is at one moment into a new file, readable by its owner only, while a store works on it or not. What was
// deleted is not in the copy, and the copy is looked through. database.ErrFull if there is no room, database.ErrDamaged if what is copied
// is damaged.
func Copy(ctx context.Context, from, to string) error {
	if _, err := os.Stat(from); err != nil {
		return err
	}
	db, err := sql.Open("sqlite", "file:"+from+"?_pragma=busy_timeout(5000)")
	if err != nil {
		return err
	}
	_, err = db.ExecContext(ctx, `VACUUM INTO ?`, to)
	if err := errors.Join(explain(err), db.Close()); err != nil {
		return fmt.Errorf("copy %s: %w", from, err)
	}
	f, err := os.OpenFile(to, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	if err := errors.Join(f.Chmod(0o600), f.Sync(), f.Close()); err != nil {
		return err
	}
	return lookThrough(ctx, to)
}

// lookThrough reads a database that nobody uses from end to end.
func lookThrough(ctx context.Context, file string) error {
	db, err := sql.Open("sqlite", "file:"+file+"?mode=ro&immutable=1")
	if err != nil {
		return err
	}
	var said string
	err = explain(db.QueryRowContext(ctx, `PRAGMA quick_check(1)`).Scan(&said))
	if err == nil && said != "ok" {
		err = fmt.Errorf("%w: %s", database.ErrDamaged, said)
	}
	if err := errors.Join(err, db.Close()); err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	return nil
}
