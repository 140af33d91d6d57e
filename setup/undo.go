package setup

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/patchcord/patchcord/amazonconnect"
	"github.com/patchcord/patchcord/salesforce"
)

// PlanDestroy says what of the record is still there, in the order in which it is taken back: last made first.
func PlanDestroy(ctx context.Context, p Platforms, record *Record) ([]Change, error) {
	made := record.Made()
	slices.Reverse(made)
	var changes []Change
	for _, m := range made {
		c, err := planUndo(ctx, p, m)
		if err != nil {
			return changes, fmt.Errorf("plan to take back %s: %w", m.What, err)
		}
		c.made = []Made{m}
		changes = append(changes, c)
	}
	return number(changes), nil
}

// Destroy takes back what the record lists and nothing else. What somebody has changed since stays as it is. What cannot be taken back
// stays in the record, and does not keep the rest from going.
func Destroy(ctx context.Context, p Platforms, record *Record, hooks Hooks) error {
	made := record.Made()
	slices.Reverse(made)
	var failed error
	for _, m := range made {
		err := takeBack(ctx, p, m, record, hooks)
		if ctx.Err() != nil || errors.Is(err, ErrRefused) {
			return errors.Join(failed, err)
		}
		failed = errors.Join(failed, err)
	}
	return failed
}

func takeBack(ctx context.Context, p Platforms, m Made, record *Record, hooks Hooks) error {
	c, err := planUndo(ctx, p, m)
	if err != nil {
		return fmt.Errorf("take back %s: %w", m.What, err)
	}
	if c.do != nil {
		if err := hooks.agree(c); err != nil {
			return err
		}
		hooks.begin(c)
		if err := c.do(ctx); err != nil {
			return fmt.Errorf("take back %s: %w", m.What, err)
		}
	}
	if err := record.drop(m); err != nil {
		return err
	}
	hooks.done(c)
	return nil
}

// planUndo finds what one entry of the record left, and how it goes.
func planUndo(ctx context.Context, p Platforms, m Made) (Change, error) {
	c := Change{Step: m.Step, Action: Remove, What: m.What}
	gone := Change{Step: m.Step, Action: Nothing, What: m.What + ": gone already"}
	switch m.Kind {
	case Row:
		id, err := find(ctx, p.CRM, m.Object, m.Where)
		if err != nil || id == "" {
			return gone, err
		}
		c.do = func(ctx context.Context) error { return ignoreGone(p.CRM.Delete(ctx, m.Object, id)) }
		return c, nil
	case Field:
		return undoField(ctx, p, m)
	case Component:
		return undoComponent(p, m), nil
	case Entry:
		return undoEntry(ctx, p, m)
	case Setting:
		c.What += " back to " + m.Before
		c.do = func(ctx context.Context) error { return setItem(ctx, p, m.Name, m.Entry, m.Before) }
		return c, nil
	case Origin:
		c.do = func(ctx context.Context) error { return p.Connect.DisapproveOrigin(ctx, m.Object, m.Name) }
		return c, nil
	case Status:
		return undoStatus(ctx, p, m)
	}
	return c, fmt.Errorf("a newer patchcord wrote down something of the kind %q", m.Kind)
}

func ignoreGone(err error) error {
	if salesforce.IsCode(err, "ENTITY_IS_DELETED", "NOT_FOUND", "INVALID_CROSS_REFERENCE_KEY") {
		return nil
	}
	return err
}

func undoField(ctx context.Context, p Platforms, m Made) (Change, error) {
	rows, err := query[map[string]any](ctx, p.CRM, "SELECT Id, "+m.Name+" FROM "+m.Object+" WHERE "+m.Where)
	if err != nil || len(rows) == 0 {
		return Change{Step: m.Step, Action: Nothing, What: m.What + ": gone already"}, err
	}
	now, _ := rows[0][m.Name].(string)
	if m.After != "" && now != m.After || now == m.Before {
		return Change{Step: m.Step, Action: Nothing, What: m.What + ": not as apply left it, so it stays"}, nil
	}
	id, _ := rows[0]["Id"].(string)
	value := any(m.Before)
	if m.Before == "" {
		value = nil
	}
	return Change{Step: m.Step, Action: Remove, What: m.What, Old: now, New: m.Before, do: func(ctx context.Context) error {
		return p.CRM.Update(ctx, m.Object, id, salesforce.Values{m.Name: value})
	}}, nil
}

func undoComponent(p Platforms, m Made) Change {
	c := Change{Step: m.Step, Action: Remove, What: m.What}
	if m.Object == "InstalledPackage" {
		c.Action, c.What = Person, "In Setup → Installed Packages choose Uninstall beside the package: a program cannot."
		return c
	}
	members := m.Members
	if m.Object == "Package" {
		c.What += " of the package, with every record in its objects"
	}
	if len(members) == 0 {
		members = []Member{{m.Object, m.Name}}
	}
	c.do = func(ctx context.Context) error {
		archive, err := destructive(members)
		if err != nil {
			return err
		}
		return p.CRM.Deploy(ctx, archive, nil)
	}
	return c
}

// undoEntry takes our line out of a component that is somebody else's.
func undoEntry(ctx context.Context, p Platforms, m Made) (Change, error) {
	file := appFile(m.Name)
	switch m.Object {
	case "FlexiPage":
		file = barFile(m.Name)
	case framingType:
		file = framingFile
	}
	files, err := p.CRM.Retrieve(ctx, salesforce.Member{Type: m.Object, Name: m.Name})
	if errors.Is(err, salesforce.ErrNoRetrieve) {
		return Change{Step: m.Step, Action: Person, What: "Take " + m.What + " out by hand: the org does not let it be read.", Link: "/lightning/setup/NavigationMenus/home"}, nil
	}
	if err != nil {
		return Change{}, err
	}
	body, there := files[file]
	edited, changed, err := document(body).without(m.Entry)
	if err != nil {
		return Change{}, err
	}
	if !there || !changed {
		return Change{Step: m.Step, Action: Nothing, What: m.What + ": gone already"}, nil
	}
	return Change{Step: m.Step, Action: Remove, What: m.What, do: func(ctx context.Context) error {
		return deployOne(ctx, p, m.Object, m.Name, file, string(edited))
	}}, nil
}

// without is the document without one of our entries: item:… of a utility bar, or name:text of a child of the root.
func (d document) without(entry string) (edited document, changed bool, err error) {
	if d == "" {
		return d, false, nil
	}
	if entry == "item:"+softphoneItem {
		items, _, err := softphoneItems(d)
		if err != nil || len(items) == 0 {
			return d, false, err
		}
		return d.cut(items[len(items)-1]), true, nil
	}
	if origin, isFrame := strings.CutPrefix(entry, framePrefix); isFrame {
		e, err := d.frame(origin)
		if err != nil || e == nil {
			return d, false, err
		}
		return d.cut(*e), true, nil
	}
	root, err := d.root()
	if err != nil {
		return d, false, err
	}
	all, err := d.children(root.from, root.to)
	if err != nil {
		return d, false, err
	}
	for _, e := range all {
		if e.name+":"+d.text(e) == entry {
			return d.cut(e), true, nil
		}
	}
	return d, false, nil
}

func undoStatus(ctx context.Context, p Platforms, m Made) (Change, error) {
	have, err := p.Connect.AgentStatuses(ctx, m.Object)
	if err != nil {
		return Change{}, err
	}
	at := slices.IndexFunc(have, func(s amazonconnect.AgentStatus) bool { return s.Name == m.Name })
	if at < 0 {
		return Change{Step: m.Step, Action: Nothing, What: m.What + ": gone already"}, nil
	}
	return Change{Step: m.Step, Action: Remove, What: m.What + " is disabled; the service cannot delete one", do: func(ctx context.Context) error {
		return p.Connect.DisableAgentStatus(ctx, m.Object, have[at].ID)
	}}, nil
}
