package metadata

import (
	"context"
	"encoding/base64"
	"errors"
	"net/http"
	"slices"
	"strings"

	"github.com/patchcord/patchcord/sandbox/crm"
	"github.com/patchcord/patchcord/sandbox/crm/people"
	"github.com/patchcord/patchcord/sandbox/crm/records"
	"github.com/patchcord/patchcord/sandbox/crm/schema"
)

const maxComponents = 10 // of one call

var errTooMany = &schema.Error{Code: "EXCEEDED_ID_LIMIT",
	Message: "record limit reached. cannot submit more than 10 records into this call", Status: http.StatusBadRequest}

// soapRead gives components as elements; what is not there is nil.
func (a *API) soapRead(ctx context.Context, _ *crm.Actor, op *element, out *reply) error {
	kind, names := op.get("type"), op.all("fullNames")
	kept := kind
	if _, known := kindNamed(kind); !known && strings.HasSuffix(kind, settingsKind) { // as calls name them: OmniChannelSettings
		kept = settingsKind
		names = slices.DeleteFunc(names, func(name string) bool { return name+settingsKind != kind })
	} else if !known {
		return &schema.Error{Code: "INVALID_TYPE", Message: "Unknown type: " + kind}
	}
	if len(names) > maxComponents {
		return errTooMany
	}
	s, err := a.store(ctx, kept)
	if err != nil {
		return err
	}
	var failed error
	out.open("result", func() {
		for _, name := range names {
			e, err := s.element(kept, name)
			if errors.Is(err, errNoKind) {
				out.WriteString(`<records xsi:nil="true"/>`)
				continue
			}
			failed = errors.Join(failed, err)
			if err == nil {
				out.record(kind, e)
			}
		}
	})
	return failed
}

func (o *reply) record(kind string, e *element) {
	o.open(`records xsi:type="`+kind+`"`, func() {
		var b strings.Builder
		e.printKids(&b, 0)
		o.WriteString(b.String())
	})
}

// element is a component with its content, under its full name; errNoKind if there is none.
func (s store) element(kind, fullName string) (*element, error) {
	c, ok := s.find(kind, fullName)
	if !ok {
		return nil, errNoKind
	}
	var body []byte
	var content string
	k, _ := kindNamed(kind)
	switch {
	case kind == objectKind:
		var err error
		if body, err = s.objectFile(c.FullName, true, s.childrenOf(c.FullName)); err != nil {
			return nil, err
		}
	case k.parent != "":
		body, _ = c.File(k.childFile(c.FullName))
	case k.bundle:
		body, _ = c.File(k.suffix + described)
	case k.content:
		body, _ = c.File(k.suffix + described)
		raw, _ := c.File(k.suffix)
		content = base64.StdEncoding.EncodeToString(raw)
	default:
		body, _ = c.File(k.suffix)
	}
	e, err := tree(body)
	if err != nil {
		return nil, err
	}
	if content != "" {
		e.kids = append(e.kids, &element{name: "content", text: content})
	}
	return e.named(kind, c.FullName), nil
}

// saved is the outcome for one component.
type saved struct {
	fullName      string
	created       bool
	code, problem string
}

// soapWrite is createMetadata, updateMetadata and upsertMetadata: each component for itself.
func (a *API) soapWrite(ctx context.Context, actor *crm.Actor, op *element, out *reply) error {
	var given []*element
	for _, k := range op.kids {
		if k.name == "metadata" {
			given = append(given, k)
		}
	}
	if len(given) > maxComponents {
		return errTooMany
	}
	var all []part
	for _, e := range given {
		if p, err := partOf(e); err == nil { // what is wrong with it is said when its turn comes
			all = append(all, p)
		}
	}
	for _, e := range given {
		s, err := a.save(ctx, actor.User(), op.name, e, all)
		if err != nil {
			return err
		}
		out.saved(s, op.name == "upsertMetadata")
	}
	return nil
}

func (o *reply) saved(s saved, tellCreated bool) {
	o.open("result", func() {
		if tellCreated {
			o.put("created", s.created)
		}
		if s.problem != "" {
			o.open("errors", func() {
				o.put("message", s.problem)
				o.put("statusCode", s.code)
			})
		}
		o.put("fullName", s.fullName)
		o.put("success", s.problem == "")
	})
}

// save is one component of a call; all are those that come with it.
func (a *API) save(ctx context.Context, by people.User, op string, e *element, all []part) (saved, error) {
	out := saved{fullName: e.get("fullName")}
	var there bool
	err := a.cfg.Org.Transact(ctx, func(actor *crm.Actor) (err error) {
		_, there, err = component(ctx, actor, e.kind, out.fullName)
		return err
	})
	if err != nil {
		return out, err
	}
	switch {
	case op == "createMetadata" && there:
		out.code, out.problem = "DUPLICATE_DEVELOPER_NAME", "There is already a "+e.kind+" named "+out.fullName+" in this org"
		return out, nil
	case op == "updateMetadata" && !there:
		out.code, out.problem = "INVALID_CROSS_REFERENCE_KEY", "In field: fullName - no "+e.kind+" named "+out.fullName+" found"
		return out, nil
	}
	p, err := partOf(e)
	if own, ok := errors.AsType[*problem](err); ok {
		out.code, out.problem = "INVALID_TYPE", own.text
		return out, nil
	}
	if err != nil {
		return out, err
	}
	out.created = !there
	out.problem, err = a.alone(ctx, by, func(in *installer) error {
		in.parts = all
		return in.some(ctx, []part{p})
	})
	if out.problem != "" {
		out.code, out.created = "FIELD_INTEGRITY_EXCEPTION", false
	}
	return out, err
}

// alone runs an installer in a transaction of its own and gives the first problem.
func (a *API) alone(ctx context.Context, by people.User, f func(*installer) error) (problem string, err error) {
	d := &deployment{by: by.ID, result: result{Started: a.cfg.Clock.Now()}}
	err = a.cfg.Org.Administer(ctx, by.ID, func(actor *crm.Actor) error {
		if err := f(&installer{actor: actor, by: by.ID, deployment: d, made: map[string]bool{}}); err != nil {
			return err
		}
		if d.now().Errors > 0 {
			return errComponents
		}
		return nil
	})
	if errors.Is(err, errComponents) {
		return d.now().Failures[0].Problem, nil
	}
	return "", err
}

// partOf turns an element of a call into what a deployment would have held; a child comes within a file of its object.
func partOf(e *element) (part, error) {
	fullName := e.get("fullName")
	if fullName == "" {
		return part{}, bad(e, "Required field is missing: fullName")
	}
	k, ok := kindNamed(e.kind)
	if !ok && e.kind == fullName+settingsKind { // as calls name them: OmniChannelSettings
		k, ok = kindNamed(settingsKind)
	}
	if !ok {
		return part{}, bad(e, "Unknown type: %s", e.kind)
	}
	if k.parent != "" {
		object, short, _ := strings.Cut(fullName, ".")
		file := &element{name: k.parent, kids: []*element{e.named(k.element, short)}}
		whole, _ := kindNamed(k.parent)
		return part{kind: whole, fullName: object, file: whole.file(object), described: file.file()}, nil
	}
	p := part{kind: k, fullName: fullName, file: k.file(fullName)}
	if k.content {
		body, err := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(e.get("content")), ""))
		if err != nil {
			return part{}, bad(e, "content is no base64")
		}
		p.body, p.hasBody = body, true
	}
	plain := e.without("fullName", "content")
	root := k.name
	if k.anyRoot {
		root = e.kind
	}
	p.described = (&element{name: root, kids: plain.kids}).file()
	return p, nil
}

func (a *API) soapDelete(ctx context.Context, actor *crm.Actor, op *element, out *reply) error {
	kind, names := op.get("type"), op.all("fullNames")
	if len(names) > maxComponents {
		return errTooMany
	}
	for _, name := range names {
		text, err := a.alone(ctx, actor.User(), func(in *installer) error {
			return in.one(ctx, message{FullName: name, ComponentType: kind}, func(*message) error {
				there, err := in.remove(ctx, kind, name, manifest{types: []members{{kind: kind, names: names}}})
				if err == nil && !there {
					err = &problem{"no " + kind + " named " + name + " found", 1, 1}
				}
				return err
			})
		})
		if err != nil {
			return err
		}
		out.saved(saved{fullName: name, code: "INVALID_CROSS_REFERENCE_KEY", problem: text}, false)
	}
	return nil
}

// soapRename gives a component another full name. Objects and fields keep theirs: records and queries name them.
func (a *API) soapRename(ctx context.Context, actor *crm.Actor, op *element, out *reply) error {
	kind, from, to := op.get("type"), op.get("oldFullName"), op.get("newFullName")
	text, err := a.alone(ctx, actor.User(), func(in *installer) error {
		return in.one(ctx, message{FullName: from, ComponentType: kind}, func(*message) error { return in.rename(ctx, kind, from, to) })
	})
	if err != nil {
		return err
	}
	out.saved(saved{fullName: from, code: "INVALID_CROSS_REFERENCE_KEY", problem: text}, false)
	return nil
}

func (in *installer) rename(ctx context.Context, kind, from, to string) error {
	k, known := kindNamed(kind)
	if !known || k.parent != "" || k.fixed || to == "" {
		return &problem{"You can't rename a component of type " + kind, 1, 1}
	}
	c, there, err := component(ctx, in.actor, kind, from)
	if err != nil {
		return err
	}
	_, taken, err := component(ctx, in.actor, kind, to)
	switch {
	case err != nil:
		return err
	case !there:
		return &problem{"no " + kind + " named " + from + " found", 1, 1}
	case taken:
		return &problem{"There is already a " + kind + " named " + to + " in this org", 1, 1}
	}
	files := map[string][]byte{}
	for name, body := range c.Files {
		files[k.file(to)+strings.TrimPrefix(name, k.file(c.FullName))] = body
	}
	if field := records.NamedBy(kind); field != "" {
		if err := in.actor.Update(ctx, kind, c.ID, records.Values{field: to}, ""); err != nil {
			return err
		}
	}
	if err := in.actor.DropComponent(ctx, kind, c.FullName); err != nil {
		return err
	}
	return in.actor.PutComponent(ctx, records.Component{Type: kind, FullName: to, Files: files, ID: c.ID, ModifiedBy: in.by})
}
