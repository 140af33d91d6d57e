package metadata

import (
	"bytes"
	"context"
	"errors"
	"maps"
	"slices"

	"github.com/patchcord/patchcord/sandbox/crm"
)

var (
	errCheckOnly  = errors.New("only checked")
	errComponents = errors.New("components failed")
)

// run does the work of a deployment: all components in one transaction, none kept if one fails and the caller wants it so.
func (a *API) run(ctx context.Context, d *deployment, body []byte, opts options) {
	d.change(func(r *result) { r.Status, r.Started = "InProgress", a.cfg.Clock.Now() })
	finish := func(status, text string) {
		d.change(func(r *result) {
			r.Status, r.Message, r.Done, r.Success, r.Completed = status, text, true, status == "Succeeded", a.cfg.Clock.Now()
			r.Validated = status == "Succeeded" && opts.CheckOnly
		})
	}
	files, err := unpack(body)
	var m manifest
	if err == nil {
		files, m, err = files.single()
	}
	if err != nil {
		finish("Failed", err.Error())
		return
	}
	parts, failures := files.parts()
	failures = append(failures, m.lacking(parts)...)
	d.change(func(r *result) { r.Total, r.Failures, r.Errors = len(parts)+len(failures), failures, len(failures) })
	err = a.cfg.Org.Administer(ctx, d.by, func(actor *crm.Actor) error {
		if err := a.installer(actor, d, m, opts).all(ctx, files, parts); err != nil {
			return err
		}
		switch failed := d.now().Errors > 0; {
		case opts.CheckOnly:
			return errCheckOnly
		case failed && opts.RollbackOnError:
			return errComponents
		}
		return nil
	})
	switch now := d.now(); {
	case ctx.Err() != nil && now.Canceler != "":
		finish("Canceled", "")
	case err != nil && !errors.Is(err, errCheckOnly) && !errors.Is(err, errComponents):
		a.cfg.Log.Error("deployment failed", "deployment", now.ID, "err", err)
		d.change(func(r *result) { r.Code = "UNKNOWN_EXCEPTION" })
		finish("Failed", "UNKNOWN_EXCEPTION: An unexpected error occurred.")
	case now.Errors == 0:
		finish("Succeeded", "")
	case !opts.RollbackOnError && now.Deployed > 0:
		finish("SucceededPartial", "")
	default:
		finish("Failed", "")
	}
}

// installer puts components into the org.
type installer struct {
	actor      *crm.Actor
	org        *crm.Org
	by         crm.RecordID
	deployment *deployment
	manifest   manifest
	opts       options
	made       map[string]bool // objects that this deployment created
	untold     bool            // who applies the components writes the trail's entry
}

func (a *API) installer(actor *crm.Actor, d *deployment, m manifest, opts options) *installer {
	return &installer{actor: actor, org: a.cfg.Org, by: d.by, deployment: d, manifest: m, opts: opts, made: map[string]bool{}}
}

// all runs deletions and components in their order.
func (in *installer) all(ctx context.Context, files archive, parts []part) error {
	in.report(message{FileName: "package.xml", FullName: "package.xml", Success: true})
	for _, name := range []string{"destructiveChangesPre.xml", "destructiveChanges.xml"} {
		if err := in.destroy(ctx, name, files[name]); err != nil {
			return err
		}
	}
	for at := 0; at < len(parts); {
		if err := ctx.Err(); err != nil {
			return err
		}
		next := at + 1
		if parts[at].kind.name == "CustomObject" { // together, because they refer to each other
			for next < len(parts) && parts[next].kind.name == "CustomObject" {
				next++
			}
			if err := in.objects(ctx, parts[at:next]); err != nil {
				return err
			}
		} else if err := in.plain(ctx, parts[at]); err != nil {
			return err
		}
		at = next
	}
	return in.destroy(ctx, "destructiveChangesPost.xml", files["destructiveChangesPost.xml"])
}

// plain puts one component in that is no object.
func (in *installer) plain(ctx context.Context, p part) error {
	special := map[string]func(context.Context, part, *element) (crm.RecordID, error){
		"PermissionSet": in.permissionSet, "ApexPage": in.page, "StaticResource": in.resource, "ContentAsset": in.asset, "CallCenter": in.callCenter, "GlobalValueSet": in.valueSet, "Flow": in.flow,
		"ConnectedApp": func(_ context.Context, _ part, e *element) (crm.RecordID, error) {
			return "", bad(e, "You can't create a connected app. To enable connected app creation, contact Salesforce Customer Support. Use an external client app instead.")
		},
	}[p.kind.name]
	return in.one(ctx, message{FullName: p.fullName, FileName: p.file, ComponentType: p.kind.name}, func(m *message) error {
		e, err := p.read()
		if err != nil {
			return err
		}
		if err := in.references(ctx, p.kind.name, p.fullName, e); err != nil {
			return err
		}
		c := crm.Component{Type: p.kind.name, FullName: p.fullName, ModifiedBy: in.by, Files: map[string][]byte{}}
		was, had, err := component(ctx, in.actor, c.Type, c.FullName)
		if err != nil {
			return err
		}
		if special != nil {
			if c.ID, err = special(ctx, p, e); err != nil {
				return err
			}
		}
		if p.kind.content {
			c.Files[p.file], c.Files[p.file+described] = p.body, e.file()
		} else {
			c.Files[p.file] = e.file()
		}
		if err := in.clientApp(ctx, p, c); err != nil {
			return err
		}
		return in.replace(ctx, was, had, c, m)
	})
}

// read parses and checks a component's description.
func (p part) read() (*element, error) {
	if p.described == nil {
		return nil, &problem{"The file " + p.file + described + " is missing", 1, 1}
	}
	e, err := tree(p.described)
	if err != nil {
		return nil, err
	}
	if e.name != p.kind.name && p.kind.name != "Settings" {
		return nil, bad(e, "Error parsing file: Element {%s}%s invalid at this location in type %s", namespace, e.name, p.kind.name)
	}
	return e, checkElement(e, p.kind.name)
}

// one runs what installs a component. Its own trouble is undone and becomes a failure; anything else ends the deployment.
func (in *installer) one(ctx context.Context, m message, f func(*message) error) error {
	m.Success = true
	err := in.actor.Try(ctx, func() error { return f(&m) })
	own, isOwn := errors.AsType[*problem](err)
	refused, isRefused := errors.AsType[*crm.Error](err)
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
	m.Success, m.Changed, m.Created, m.Deleted, m.Problem, m.ProblemType, m.Line, m.Column = false, false, false, false, text, "Error", line, column
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
func (in *installer) keep(ctx context.Context, c crm.Component, m *message) error {
	have, had, err := in.actor.Component(ctx, c.Type, c.FullName)
	if err != nil {
		return err
	}
	return in.replace(ctx, have, had, c, m)
}

// replace stores a component in the place of the one that there was.
func (in *installer) replace(ctx context.Context, have crm.Component, had bool, c crm.Component, m *message) error {
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
	what := "Changed"
	if m.Created {
		what = "Created"
	}
	if err := in.audit(ctx, c.Type, c.FullName, what); err != nil {
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

// sortMessages puts messages in the order of their files, package.xml last.
func sortMessages(list []message) []message {
	out := slices.Clone(list)
	slices.SortStableFunc(out, func(x, y message) int {
		isLast, otherIsLast := x.FileName == "package.xml", y.FileName == "package.xml"
		switch {
		case isLast == otherIsLast:
			return 0
		case isLast:
			return 1
		default:
			return -1
		}
	})
	return out
}
