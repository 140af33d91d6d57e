package metadata

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"path"
	"strings"

	"github.com/patchcord/patchcord/sandbox/crm"
	"github.com/patchcord/patchcord/sandbox/crm/records"
	"github.com/patchcord/patchcord/sandbox/crm/schema"
	"github.com/patchcord/patchcord/sandbox/crm/soql"
)

// installer puts components into the org.
type installer struct {
	actor      *crm.Actor
	by         schema.RecordID
	deployment *deployment
	manifest   manifest
	opts       options
	parts      []part          // all that the archive brings
	made       map[string]bool // objects that this deployment created
	untold     bool            // who applies the components writes the trail's entry
}

func (a *API) installer(actor *crm.Actor, d *deployment, m manifest, opts options) *installer {
	return &installer{actor: actor, by: d.by, deployment: d, manifest: m, opts: opts, made: map[string]bool{}}
}

// some puts components of one type in.
func (in *installer) some(ctx context.Context, parts []part) error {
	if together := parts[0].kind.together; together != nil {
		return together(in, ctx, parts)
	}
	for _, p := range parts {
		m := message{FullName: p.fullName, FileName: p.file, ComponentType: p.kind.name}
		if err := in.one(ctx, m, func(m *message) error { return in.install(ctx, p, m) }); err != nil {
			return err
		}
	}
	return nil
}

// install checks a component, does what it means and keeps it.
func (in *installer) install(ctx context.Context, p part, m *message) error {
	k := p.kind
	if k.away(in.actor) {
		// The platform says so of LiveAgent and other types; of those of Omni-Channel it has also been reported to say INVALID_TYPE.
		return &problem{"Not available for deploy for this organization", 1, 1}
	}
	e, err := p.read()
	if err != nil {
		return err
	}
	if k.references != nil {
		if err := k.references(in, ctx, p.fullName, e); err != nil {
			return err
		}
	}
	was, had, err := component(ctx, in.actor, k.name, p.fullName)
	if err != nil {
		return err
	}
	c := records.Component{Type: k.name, FullName: p.fullName, ModifiedBy: in.by, Files: map[string][]byte{p.file: e.file()}}
	if k.content {
		c.Files[p.file], c.Files[p.file+described] = p.body, e.file()
	}
	if k.bundle {
		c.Files = map[string][]byte{path.Join(p.file, p.fullName+k.suffix+described): e.file()}
	}
	if k.install != nil {
		if err := k.install(in, ctx, p, e, &c); err != nil {
			return err
		}
	}
	return in.replace(ctx, was, had, c, m)
}

// read parses and checks a component's description.
func (p part) read() (*element, error) {
	if p.described == nil {
		missing := p.file + described
		if p.kind.bundle {
			missing = path.Join(p.file, p.fullName+p.kind.suffix+described)
		}
		return nil, &problem{"The file " + missing + " is missing", 1, 1}
	}
	e, err := tree(p.described)
	if err != nil {
		return nil, err
	}
	if e.name != p.kind.name && !p.kind.anyRoot {
		return nil, bad(e, "Error parsing file: Element {%s}%s invalid at this location in type %s", namespace, e.name, p.kind.name)
	}
	return e, checkElement(e, p.kind.name)
}

// one runs what installs a component. Its own trouble is undone and becomes a failure; anything else ends the deployment.
func (in *installer) one(ctx context.Context, m message, f func(*message) error) error {
	m.Success = true
	err := in.actor.Try(ctx, func() error { return f(&m) })
	own, isOwn := errors.AsType[*problem](err)
	refused, isRefused := errors.AsType[*schema.Error](err)
	switch {
	case isOwn:
		m.fail(own.text, own.line, own.column)
	case isRefused:
		m.fail(refused.Message, 1, 1)
	case err != nil:
		return err
	}
	in.report(m)
	return nil
}

func (m *message) fail(text string, line, column int) {
	m.Success, m.Changed, m.Created, m.Deleted = false, false, false, false
	m.Problem, m.ProblemType, m.Line, m.Column = text, "Error", line, column
}

func (in *installer) report(m message) {
	m.At = in.deployment.started()
	in.deployment.change(func(r *result) {
		if m.Success {
			r.Successes = append(r.Successes, m)
			if m.ComponentType != "" {
				r.Deployed++
			}
		} else {
			r.Failures, r.Errors = append(r.Failures, m), r.Errors+1
		}
		r.Total = max(r.Total, r.Deployed+r.Errors)
	})
}

// keep stores a component and says in its message whether that was new and whether anything changed.
func (in *installer) keep(ctx context.Context, c records.Component, m *message) error {
	have, had, err := in.actor.Component(ctx, c.Type, c.FullName)
	if err != nil {
		return err
	}
	return in.replace(ctx, have, had, c, m)
}

// replace stores a component in the place of the one that there was.
func (in *installer) replace(ctx context.Context, have records.Component, had bool, c records.Component, m *message) error {
	m.Created = !had
	m.Changed = !had || !maps.EqualFunc(have.Files, c.Files, bytes.Equal)
	if had {
		m.ID = have.ID
		if c.ID == "" {
			c.ID = have.ID
		}
		if !m.Changed {
			return nil
		}
	}
	if err := in.actor.PutComponent(ctx, c); err != nil {
		return err
	}
	verb := "Changed"
	if m.Created {
		verb = "Created"
	}
	if err := in.audit(ctx, c.Type, c.FullName, verb); err != nil {
		return err
	}
	if m.ID == "" {
		var err error
		have, _, err = in.actor.Component(ctx, c.Type, c.FullName)
		m.ID = have.ID
		return err
	}
	return nil
}

// audit writes what a deployment did to a component into the setup audit trail. Of a new object's own parts nothing is
// said.
func (in *installer) audit(ctx context.Context, kind, fullName, verb string) error {
	if object, _, inside := strings.Cut(fullName, "."); in.untold || inside && in.made[object] {
		return nil
	}
	if kind == objectKind && verb == "Created" {
		in.made[fullName] = true
	}
	label, section := kind, "Setup"
	if k, _ := kindNamed(kind); k.label != "" {
		label, section = k.label, k.section
	}
	return in.actor.Audit(ctx, strings.ToLower(verb)+kind, section, "%s %s %s", verb, label, fullName)
}

// component wants one to be deployed.
func (in *installer) component(ctx context.Context, at *element, field, kind, name string) error {
	_, ok, err := in.actor.Component(ctx, kind, name)
	if err == nil && !ok {
		err = bad(at, "In field: %s - no %s named %s found", field, kind, name)
	}
	return err
}

// customField wants a custom field of an object to be there.
func (in *installer) customField(at *element, name string) error {
	object, field, _ := strings.Cut(name, ".")
	if !strings.HasSuffix(field, "__c") {
		return nil
	}
	o, ok := in.actor.Object(object)
	if _, has := o.Field(field); !ok || !has {
		return bad(at, "In field: field - no CustomField named %s found", name)
	}
	return nil
}

// id finds the record that stands for a component; "" if there is none.
func (in *installer) id(ctx context.Context, kind, name string) (schema.RecordID, error) {
	query := fmt.Sprintf("SELECT Id FROM %s WHERE %s = %s", kind, records.NamedBy(kind), soql.Quote(name))
	found, err := in.actor.Query(ctx, query, false)
	if err != nil || len(found.Records) == 0 {
		return "", err
	}
	return found.Records[0].ID(), nil
}

// put creates the record that stands for a component, or updates the one that there is.
func (in *installer) put(ctx context.Context, kind, name string, values records.Values) (schema.RecordID, error) {
	id, err := in.id(ctx, kind, name)
	if err != nil {
		return "", err
	}
	if id != "" {
		return id, in.actor.Update(ctx, kind, id, values, "")
	}
	return in.actor.Create(ctx, kind, values)
}

// clear deletes the records with a value in a field.
func (in *installer) clear(ctx context.Context, object, field, value string) error {
	query := fmt.Sprintf("SELECT Id FROM %s WHERE %s = %s", object, field, soql.Quote(value))
	found, err := in.actor.Query(ctx, query, false)
	if err != nil {
		return err
	}
	for _, r := range found.Records {
		if err := in.actor.Delete(ctx, object, r.ID()); err != nil {
			return err
		}
	}
	return nil
}
