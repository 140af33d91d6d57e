package records

import (
	"context"
	"encoding/json"
	"strings"
	"time"

	"github.com/patchcord/patchcord/sandbox/crm/schema"
)

// Component is a piece of deployed metadata, kept as its files.
type Component struct {
	Type, FullName string
	Files          map[string][]byte // path in the archive to content
	Modified       time.Time
	ID             schema.RecordID // of the record behind it, if there is one; else its own
	Created        time.Time
	CreatedBy      schema.RecordID
	ModifiedBy     schema.RecordID
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

// componentPrefixes are the key prefixes of components that no record stands for. Source: Salesforce Help, record ids.
var componentPrefixes = map[string]string{
	"CustomObject": "01I", "CustomField": "00N", "Layout": "00h", "CustomTab": "01r", "FlexiPage": "0M0",
	"CustomApplication": "02u", "ListView": "00B", "ContentAsset": "03S", "GlobalValueSet": "0Nt",
	"CspTrustedSite": "08y", "CorsWhitelistOrigin": "18l", "RemoteSiteSetting": "0rp", "CustomPermission": "0CP",
	"Flow": "300",
}

// PutComponent keeps a component; one of the same type and name is replaced. Its first writer and its id stay; ModifiedBy is who changes
// it now, ID the record's if there is one.
func (a *Access) PutComponent(ctx context.Context, c Component) error {
	files, err := json.Marshal(c.Files)
	if err != nil {
		return err
	}
	return a.Writing(ctx, func(t *Tx) error {
		_, err := t.DB.ExecContext(ctx, `INSERT INTO component (type, name, files, modified) VALUES (?, ?, ?, ?)
ON CONFLICT (type, name) DO UPDATE SET files = excluded.files, modified = excluded.modified`,
			c.Type, c.FullName, string(files), a.Store.Now().UTC().Format(Stored))
		if err != nil {
			return err
		}
		t.changes = append(t.changes, Change{Object: c.Type})
		return t.noteComponent(ctx, a, c)
	})
}

func (t *Tx) noteComponent(ctx context.Context, a *Access, c Component) error {
	if c.ModifiedBy == "" {
		c.ModifiedBy = a.Who()
	}
	if c.Type == schema.ClientApp {
		var err error
		if c.ID, err = t.addAppRecord(ctx, a, c.FullName); err != nil {
			return err
		}
	}
	if c.ID == "" {
		prefix := componentPrefixes[c.Type]
		if prefix == "" {
			prefix = "0XX"
		}
		c.ID = t.Store.NewID(prefix)
	}
	const keptID = `CASE type WHEN '` + schema.ClientApp + `' THEN excluded.id ELSE id END` // that of an app is its record's
	_, err := t.DB.ExecContext(ctx, `INSERT INTO component_note (type, name, id, created, creator, changer)
VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (type, name) DO UPDATE SET changer = excluded.changer, id = `+keptID,
		c.Type, c.FullName, string(c.ID), t.Store.Now().UTC().Format(Stored), string(c.ModifiedBy), string(c.ModifiedBy))
	return err
}

// DropComponent forgets a component; forgetting it again changes nothing.
func (a *Access) DropComponent(ctx context.Context, kind, name string) error {
	return a.Writing(ctx, func(t *Tx) error {
		for _, from := range []string{"component", "component_note"} {
			if _, err := t.DB.ExecContext(ctx, `DELETE FROM `+from+` WHERE type = ? AND name = ?`, kind, name); err != nil {
				return err
			}
		}
		t.changes = append(t.changes, Change{Object: kind})
		if kind == schema.ClientApp {
			return t.dropAppRecord(ctx, name)
		}
		return nil
	})
}

// NamedBy is the field that names the record which stands for a component of a type; "" for a type that no record stands for.
func NamedBy(kind string) string { return recorded[kind] }

// recorded are the types of components that a record stands for, with the field of its name. The component follows the record.
var recorded = map[string]string{"PermissionSet": "Name", "ApexPage": "Name", "StaticResource": "Name", "CallCenter": "InternalName",
	schema.ServiceChannel: developerName, schema.PresenceStatus: developerName, schema.PresenceConfig: developerName,
	schema.RoutingConfig: developerName}

const developerName = "DeveloperName"

func (t *Tx) renameComponent(ctx context.Context, kind string, from, to any) error {
	for _, in := range []string{"component", "component_note"} {
		if _, err := t.DB.ExecContext(ctx, `UPDATE OR REPLACE `+in+` SET name = ? WHERE type = ? AND name = ?`, to, kind, from); err != nil {
			return err
		}
	}
	t.changes = append(t.changes, Change{Object: kind})
	return nil
}

func (t *Tx) dropComponentOf(ctx context.Context, o schema.Object, field string, id schema.RecordID) error {
	for _, from := range []string{"component", "component_note"} {
		if _, err := t.DB.ExecContext(ctx, `DELETE FROM `+from+` WHERE type = ? AND name = (SELECT `+schema.Column(field)+
			` FROM `+schema.Table(o.Name)+` WHERE "Id" = ?)`, o.Name, string(id)); err != nil {
			return err
		}
	}
	t.changes = append(t.changes, Change{Object: o.Name})
	return nil
}

// Component finds a component; false if it was never deployed.
func (s *Store) Component(ctx context.Context, kind, name string) (Component, bool, error) {
	return one(components(ctx, s.read, componentRow+`c.type = ? AND c.name = ? COLLATE NOCASE`, kind, name))
}

// Component finds a component as the user's transaction has it.
func (a *Access) Component(ctx context.Context, kind, name string) (Component, bool, error) {
	return one(components(ctx, a.DB(), componentRow+`c.type = ? AND c.name = ? COLLATE NOCASE`, kind, name))
}

// Components lists the components of a type as the user's transaction has them, by name; all of them if it is "".
func (a *Access) Components(ctx context.Context, kind string) ([]Component, error) {
	return components(ctx, a.DB(), componentRow+`? = '' OR c.type = ? ORDER BY c.type, c.name`, kind, kind)
}

const componentRow = `SELECT c.type, c.name, c.files, c.modified, coalesce(n.id, ''), coalesce(n.created, c.modified),
coalesce(n.creator, ''), coalesce(n.changer, '')
FROM component c LEFT JOIN component_note n ON n.type = c.type AND n.name = c.name WHERE `

func one(found []Component, err error) (Component, bool, error) {
	if err != nil || len(found) == 0 {
		return Component{}, false, err
	}
	return found[0], true, nil
}

// Components lists the components of a type, by name; all of them if it is "".
func (s *Store) Components(ctx context.Context, kind string) ([]Component, error) {
	return components(ctx, s.read, componentRow+`? = '' OR c.type = ? ORDER BY c.type, c.name`, kind, kind)
}

func components(ctx context.Context, db Querier, query string, args ...any) ([]Component, error) {
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
		if c.Modified, err = time.Parse(Stored, modified); err != nil {
			return nil, err
		}
		if c.Created, err = time.Parse(Stored, created); err != nil {
			return nil, err
		}
		found = append(found, c)
	}
	return found, rows.Err()
}
