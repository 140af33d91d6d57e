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
	ID             RecordID // of the record behind it, if there is one; else its own
	Created        time.Time
	CreatedBy      RecordID
	ModifiedBy     RecordID
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

// componentPrefixes are the key prefixes of components that no record stands for. Source: salesforce-surface.md §8.1.
var componentPrefixes = map[string]string{
	"CustomObject": "01I", "CustomField": "00N", "Layout": "00h", "CustomTab": "01r", "FlexiPage": "0M0", "CustomApplication": "02u", "ListView": "00B", "ContentAsset": "03S", "GlobalValueSet": "0Nt",
	"CspTrustedSite": "08y", "CorsWhitelistOrigin": "18l", "RemoteSiteSetting": "0rp", "CustomPermission": "0CP", "ServicePresenceStatus": "0N5", "ServiceChannel": "0N9", "Flow": "300",
}

// PutComponent keeps a component; one of the same type and name is replaced. Its first writer and its id stay; ModifiedBy is who changes
// it now, ID the record's if there is one.
func (a *Actor) PutComponent(ctx context.Context, c Component) error {
	files, err := json.Marshal(c.Files)
	if err != nil {
		return err
	}
	return a.writing(ctx, func(t *tx) error {
		_, err := t.db.ExecContext(ctx, `INSERT INTO component (type, name, files, modified) VALUES (?, ?, ?, ?)
ON CONFLICT (type, name) DO UPDATE SET files = excluded.files, modified = excluded.modified`,
			c.Type, c.FullName, string(files), a.org.cfg.Clock.Now().UTC().Format(stored))
		if err != nil {
			return err
		}
		t.changes = append(t.changes, Change{Object: c.Type})
		return t.noteComponent(ctx, a, c)
	})
}

func (t *tx) noteComponent(ctx context.Context, a *Actor, c Component) error {
	if c.ModifiedBy == "" {
		c.ModifiedBy = a.user.ID
	}
	if c.ID == "" {
		prefix := componentPrefixes[c.Type]
		if prefix == "" {
			prefix = "0XX"
		}
		c.ID = t.org.newID(prefix)
	}
	_, err := t.db.ExecContext(ctx, `INSERT INTO component_note (type, name, id, created, creator, changer) VALUES (?, ?, ?, ?, ?, ?)
ON CONFLICT (type, name) DO UPDATE SET changer = excluded.changer`, c.Type, c.FullName, string(c.ID), t.org.cfg.Clock.Now().UTC().Format(stored), string(c.ModifiedBy), string(c.ModifiedBy))
	return err
}

// DropComponent forgets a component; forgetting it again changes nothing.
func (a *Actor) DropComponent(ctx context.Context, kind, name string) error {
	return a.writing(ctx, func(t *tx) error {
		for _, from := range []string{"component", "component_note"} {
			if _, err := t.db.ExecContext(ctx, `DELETE FROM `+from+` WHERE type = ? AND name = ?`, kind, name); err != nil {
				return err
			}
		}
		t.changes = append(t.changes, Change{Object: kind})
		return nil
	})
}

// NamedBy is the field that names the record which stands for a component of a type; "" for a type that no record stands for.
func NamedBy(kind string) string { return recorded[kind] }

// recorded are the types of components that a record stands for, with the field of its name. The component follows the record.
var recorded = map[string]string{"PermissionSet": "Name", "ApexPage": "Name", "StaticResource": "Name", "CallCenter": "InternalName"}

func (t *tx) renameComponent(ctx context.Context, kind string, from, to any) error {
	for _, in := range []string{"component", "component_note"} {
		if _, err := t.db.ExecContext(ctx, `UPDATE OR REPLACE `+in+` SET name = ? WHERE type = ? AND name = ?`, to, kind, from); err != nil {
			return err
		}
	}
	t.changes = append(t.changes, Change{Object: kind})
	return nil
}

func (t *tx) dropComponentOf(ctx context.Context, o Object, field string, id RecordID) error {
	for _, from := range []string{"component", "component_note"} {
		if _, err := t.db.ExecContext(ctx, `DELETE FROM `+from+` WHERE type = ? AND name = (SELECT `+column(field)+` FROM `+table(o.Name)+` WHERE "Id" = ?)`, o.Name, string(id)); err != nil {
			return err
		}
	}
	t.changes = append(t.changes, Change{Object: o.Name})
	return nil
}

// Component finds a component; false if it was never deployed.
func (o *Org) Component(ctx context.Context, kind, name string) (Component, bool, error) {
	return one(o.components(ctx, o.read, componentRow+`c.type = ? AND c.name = ? COLLATE NOCASE`, kind, name))
}

// Component finds a component as the actor's transaction has it.
func (a *Actor) Component(ctx context.Context, kind, name string) (Component, bool, error) {
	return one(a.org.components(ctx, a.db(), componentRow+`c.type = ? AND c.name = ? COLLATE NOCASE`, kind, name))
}

// Components lists the components of a type as the actor's transaction has them, by name; all of them if it is "".
func (a *Actor) Components(ctx context.Context, kind string) ([]Component, error) {
	return a.org.components(ctx, a.db(), componentRow+`? = '' OR c.type = ? ORDER BY c.type, c.name`, kind, kind)
}

const componentRow = `SELECT c.type, c.name, c.files, c.modified, coalesce(n.id, ''), coalesce(n.created, c.modified), coalesce(n.creator, ''), coalesce(n.changer, '')
FROM component c LEFT JOIN component_note n ON n.type = c.type AND n.name = c.name WHERE `

func one(found []Component, err error) (Component, bool, error) {
	if err != nil || len(found) == 0 {
		return Component{}, false, err
	}
	return found[0], true, nil
}

// Components lists the components of a type, by name; all of them if it is "".
func (o *Org) Components(ctx context.Context, kind string) ([]Component, error) {
	return o.components(ctx, o.read, componentRow+`? = '' OR c.type = ? ORDER BY c.type, c.name`, kind, kind)
}

func (o *Org) components(ctx context.Context, db querier, query string, args ...any) ([]Component, error) {
	rows, err := db.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var found []Component
	for rows.Next() {
		var c Component
		var files, modified, created string
		if err := rows.Scan(&c.Type, &c.FullName, &files, &modified, &c.ID, &created, &c.CreatedBy, &c.ModifiedBy); err != nil {
			return nil, err
		}
		if err := json.Unmarshal([]byte(files), &c.Files); err != nil {
			return nil, err
		}
		if c.Modified, err = time.Parse(stored, modified); err != nil {
			return nil, err
		}
		if c.Created, err = time.Parse(stored, created); err != nil {
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
