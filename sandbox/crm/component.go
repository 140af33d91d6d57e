package crm

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"strings"
	"time"
)

// Component is a piece of deployed metadata, kept as its files.
type Component struct {
	Type, FullName string
	Files          map[string][]byte // path in the archive to content
	Modified       time.Time
}

// File is the component's file whose name ends in suffix.
func (c Component) File(suffix string) ([]byte, bool) {
	for name, body := range c.Files {
		if strings.HasSuffix(name, suffix) {
			return body, true
		}
	}
	return nil, false
}

// PutComponent keeps a component; one of the same type and name is replaced.
func (a *Actor) PutComponent(ctx context.Context, c Component) error {
	files, err := json.Marshal(c.Files)
	if err != nil {
		return err
	}
	return a.writing(ctx, func(t *tx) error {
		_, err := t.db.ExecContext(ctx, `INSERT INTO component (type, name, files, modified) VALUES (?, ?, ?, ?)
ON CONFLICT (type, name) DO UPDATE SET files = excluded.files, modified = excluded.modified`,
			c.Type, c.FullName, string(files), a.org.cfg.Clock.Now().UTC().Format(stored))
		t.changes = append(t.changes, Change{Object: c.Type})
		return err
	})
}

// DropComponent forgets a component; forgetting it again changes nothing.
func (a *Actor) DropComponent(ctx context.Context, kind, name string) error {
	return a.writing(ctx, func(t *tx) error {
		_, err := t.db.ExecContext(ctx, `DELETE FROM component WHERE type = ? AND name = ?`, kind, name)
		return err
	})
}

// Component finds a component; false if it was never deployed.
func (o *Org) Component(ctx context.Context, kind, name string) (Component, bool, error) {
	found, err := o.components(ctx, `SELECT type, name, files, modified FROM component WHERE type = ? AND name = ? COLLATE NOCASE`, kind, name)
	if err != nil || len(found) == 0 {
		return Component{}, false, err
	}
	return found[0], true, nil
}

// Components lists the components of a type, by name; all of them if it is "".
func (o *Org) Components(ctx context.Context, kind string) ([]Component, error) {
	return o.components(ctx, `SELECT type, name, files, modified FROM component WHERE ? = '' OR type = ? ORDER BY type, name`, kind, kind)
}

func (o *Org) components(ctx context.Context, query string, args ...any) ([]Component, error) {
	rows, err := o.read.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var found []Component
	for rows.Next() {
		var c Component
		var files, modified string
		if err := rows.Scan(&c.Type, &c.FullName, &files, &modified); err != nil {
			return nil, err
		}
		if err := json.Unmarshal([]byte(files), &c.Files); err != nil {
			return nil, err
		}
		if c.Modified, err = time.Parse(stored, modified); err != nil {
			return nil, err
		}
		found = append(found, c)
	}
	return found, rows.Err()
}

// touch notes that the user looked at a record.
func (a *Actor) touch(ctx context.Context, o Object, id RecordID) error {
	return a.writing(ctx, func(t *tx) error {
		_, err := t.db.ExecContext(ctx, `INSERT INTO recent (user, id, object, at) VALUES (?, ?, ?, ?) ON CONFLICT (user, id) DO UPDATE SET at = excluded.at`,
			string(a.user.ID), string(id), o.Name, a.org.cfg.Clock.Now().UTC().Format(stored))
		return err
	})
}

// Viewed notes that the user opened a record.
func (a *Actor) Viewed(ctx context.Context, object string, id RecordID) error {
	o, err := a.object(object)
	if err != nil {
		return err
	}
	return a.touch(ctx, o, id)
}

// Recent lists the records that the user looked at last, newest first; of one object, or of all if it is "".
func (a *Actor) Recent(ctx context.Context, object string, limit int) ([]Found, error) {
	rows, err := a.db().QueryContext(ctx, `SELECT object, id FROM recent WHERE user = ? AND (? = '' OR object = ? COLLATE NOCASE) ORDER BY at DESC LIMIT ?`,
		string(a.user.ID), object, object, limit)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var found []Found
	for rows.Next() {
		var f Found
		if err := rows.Scan(&f.Object, &f.ID); err != nil {
			return nil, err
		}
		if o, ok := a.schema().Object(f.Object); ok && a.can(o).read {
			found = append(found, f)
		}
	}
	return found, rows.Err()
}

// Workspace is what the console keeps of a user's open tabs, as JSON; "" for none.
func (a *Actor) Workspace(ctx context.Context) (string, error) {
	var tabs string
	err := a.db().QueryRowContext(ctx, `SELECT tabs FROM workspace WHERE user = ?`, string(a.user.ID)).Scan(&tabs)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return tabs, err
}

// PutWorkspace keeps it.
func (a *Actor) PutWorkspace(ctx context.Context, tabs string) error {
	return a.writing(ctx, func(t *tx) error {
		_, err := t.db.ExecContext(ctx, `INSERT INTO workspace (user, tabs) VALUES (?, ?) ON CONFLICT (user) DO UPDATE SET tabs = excluded.tabs`, string(a.user.ID), tabs)
		return err
	})
}
