package setup

import (
	"context"
	"errors"
	"strings"

	"github.com/patchcord/patchcord/sandbox/crm"
	"github.com/patchcord/patchcord/sandbox/crm/lightning/edge"
	"github.com/patchcord/patchcord/sandbox/crm/metadata"
	"github.com/patchcord/patchcord/sandbox/crm/rights"
	"github.com/patchcord/patchcord/sandbox/crm/schema"
)

// componentPages serve the list and the form of one type of metadata. What a form holds is named as the elements of the file are, and is
// written as a deployment writes it, so that a rule stands in one place.
type componentPages struct {
	*server
	kind, folder, suffix string
	path                 string                         // of the routes
	needs                rights.Permission              // to read and write
	what, section        string                         // in the audit trail
	label                string                         // the element that people know it by
	omni                 bool                           // there once Omni-Channel is enabled
	texts, flags         []string                       // elements
	lists                map[string]string              // name to path of elements; + after what stands once for each
	spell                map[string]func(string) string // of a list: how its choices spell what files may spell otherwise
	choices              map[string]func(context.Context, *crm.Actor) ([]choice, error)
}

// componentForm is one component as a form has it.
type componentForm struct {
	Name         string              `json:"name"` // developer name
	LastModified string              `json:"lastModified"`
	Texts        map[string]string   `json:"texts"`
	Flags        map[string]bool     `json:"flags"`
	Lists        map[string][]string `json:"lists"`
}

type componentsOut struct {
	Enabled bool                `json:"enabled"` // the feature that it belongs to
	Items   []componentForm     `json:"items"`
	Choices map[string][]choice `json:"choices"`
}

func (p componentPages) routes() []route {
	return []route{
		{"GET /" + p.path, p.needs, read(p.list)},
		{"POST /" + p.path, p.needs, read(p.create)},
		{"POST /" + p.path + "/{name}", p.needs, read(p.edit)},
		{"DELETE /" + p.path + "/{name}", p.needs, read(p.remove)},
	}
}

func (p componentPages) list(ctx context.Context, r asked) (componentsOut, error) {
	out := componentsOut{Items: []componentForm{}, Choices: map[string][]choice{}}
	err := p.system(ctx, r, func(a *crm.Actor) error {
		if out.Enabled = !p.omni || a.OmniChannelOn(); !out.Enabled {
			return nil
		}
		all, err := p.all(ctx, a)
		if err != nil {
			return err
		}
		for _, c := range all {
			out.Items = append(out.Items, c.form)
		}
		for name, offer := range p.choices {
			if out.Choices[name], err = offer(ctx, a); err != nil {
				return err
			}
		}
		return nil
	})
	return out, err
}

// standing is a component as it stands.
type standing struct {
	form componentForm
	file *metadata.Element
}

func (p componentPages) all(ctx context.Context, a *crm.Actor) ([]standing, error) {
	kept, err := metadata.Current(ctx, a, p.kind)
	if err != nil {
		return nil, err
	}
	var all []standing
	for _, c := range kept {
		body, _ := c.File(p.suffix)
		file, err := metadata.Read(body)
		if err != nil {
			return nil, err
		}
		all = append(all, standing{p.read(c.FullName, c.Modified.UTC().Format(moment), file), file})
	}
	return all, nil
}

func (p componentPages) read(name, modified string, file *metadata.Element) componentForm {
	form := componentForm{name, modified, map[string]string{}, map[string]bool{}, map[string][]string{}}
	for _, t := range p.texts {
		form.Texts[t] = file.Text(t)
	}
	for _, f := range p.flags {
		form.Flags[f] = file.Flag(f)
	}
	for list, path := range p.lists {
		form.Lists[list] = names(file, strings.Split(path, "/"))
		if spell := p.spell[list]; spell != nil {
			for i, name := range form.Lists[list] {
				form.Lists[list][i] = spell(name)
			}
		}
	}
	return form
}

// write puts what a form holds into a file; what the form does not know stays as it is.
func (p componentPages) write(in componentForm, file *metadata.Element) {
	for _, t := range p.texts {
		file.SetText(t, strings.TrimSpace(in.Texts[t]))
	}
	for _, f := range p.flags {
		file.SetFlag(f, in.Flags[f])
	}
	for list, path := range p.lists {
		setNames(file, strings.Split(path, "/"), in.Lists[list])
	}
}

// names are the texts at the end of a path of elements.
func names(e *metadata.Element, path []string) []string {
	step := strings.TrimSuffix(path[0], "+")
	if len(path) == 1 {
		return append([]string{}, e.Texts(step)...)
	}
	all := []string{}
	for _, k := range e.Kids(step) {
		all = append(all, names(k, path[1:])...)
	}
	return all
}

// setNames writes them, and leaves no element empty.
func setNames(e *metadata.Element, path, to []string) {
	step, one := strings.CutSuffix(path[0], "+")
	switch {
	case len(path) == 1:
		e.SetTexts(step, to)
		return
	case len(to) == 0:
		if inner := e.Kids(step); len(inner) > 0 {
			setNames(inner[0], path[1:], nil)
			if one || inner[0].IsEmpty() {
				e.SetKids(step)
			}
		}
		return
	case one:
		var kids []*metadata.Element
		for _, name := range to {
			kid := metadata.NewElement(step)
			setNames(kid, path[1:], []string{name})
			kids = append(kids, kid)
		}
		e.SetKids(step, kids...)
		return
	}
	inner := e.Kids(step)
	if len(inner) == 0 {
		inner = []*metadata.Element{metadata.NewElement(step)}
	}
	setNames(inner[0], path[1:], to)
	e.SetKids(step, inner...)
}

// find is the component that the address names.
func (p componentPages) find(ctx context.Context, a *crm.Actor, name string) (standing, error) {
	all, err := p.all(ctx, a)
	for _, c := range all {
		if strings.EqualFold(c.form.Name, name) {
			return c, nil
		}
	}
	if err == nil {
		err = errGone
	}
	return standing{}, err
}

func (p componentPages) create(ctx context.Context, r asked) (nothing, error) {
	in, err := edge.Decode[componentForm](r.Body)
	if err != nil {
		return nothing{}, err
	}
	done := entryf("created"+p.kind, p.section, "Created %s %s", p.what, in.Texts[p.label])
	return nothing{}, p.change(ctx, r, done, func(a *crm.Actor) error {
		var w wrong
		w.required(p.label, in.Texts[p.label])
		checkName(&w, "name", "Developer Name", in.Name)
		all, err := p.all(ctx, a)
		if err != nil {
			return err
		}
		for _, c := range all {
			if strings.EqualFold(c.form.Name, in.Name) {
				w.field("name", "This Developer Name already exists or has been previously used. Please choose a different one.")
			}
		}
		if err := w.err(); err != nil {
			return err
		}
		return p.keep(ctx, a, in, metadata.NewElement(p.kind))
	})
}

func (p componentPages) edit(ctx context.Context, r asked) (nothing, error) {
	in, err := edge.Decode[componentForm](r.Body)
	if err != nil {
		return nothing{}, err
	}
	done := entryf("changed"+p.kind, p.section, "Changed %s %s", p.what, in.Texts[p.label])
	return nothing{}, p.change(ctx, r, done, func(a *crm.Actor) error {
		c, err := p.find(ctx, a, r.PathValue("name"))
		if err != nil {
			return err
		}
		if in.LastModified != c.form.LastModified {
			return errChanged
		}
		var w wrong
		w.required(p.label, in.Texts[p.label])
		if err := w.err(); err != nil {
			return err
		}
		in.Name = c.form.Name
		return p.keep(ctx, a, in, c.file)
	})
}

func (p componentPages) keep(ctx context.Context, a *crm.Actor, in componentForm, file *metadata.Element) error {
	p.write(in, file)
	err := p.cfg.Deploys.Apply(ctx, a, map[string][]byte{p.folder + "/" + in.Name + p.suffix: file.File()})
	if refused, ok := errors.AsType[*schema.Error](err); ok { // whoever sees the form knows what it is about
		refused.Message = strings.TrimPrefix(refused.Message, p.kind+" "+in.Name+": ")
	}
	return err
}

func (p componentPages) remove(ctx context.Context, r asked) (nothing, error) {
	return nothing{}, p.system(ctx, r, func(a *crm.Actor) error {
		c, err := p.find(ctx, a, r.PathValue("name"))
		if err != nil {
			return err
		}
		if err := metadata.Remove(ctx, a, metadata.Identified{Type: p.kind, FullName: c.form.Name}); err != nil {
			return err
		}
		return a.Audit(ctx, "deleted"+p.kind, p.section, "Deleted %s %s", p.what, c.form.Texts[p.label])
	})
}

// offered are the records of a query as choices: its first field is the value, its second what people read.
func offered(query string) func(context.Context, *crm.Actor) ([]choice, error) {
	return func(ctx context.Context, a *crm.Actor) ([]choice, error) {
		found, err := a.Query(ctx, query, false)
		all := []choice{}
		for _, row := range found.Records {
			value, _ := row.Fields[0].Value.(string)
			label, _ := row.Fields[1].Value.(string)
			all = append(all, choice{value, label})
		}
		return all, err
	}
}

// routed offers the objects that queues own and Omni-Channel routes.
func routed(_ context.Context, a *crm.Actor) ([]choice, error) {
	all := []choice{}
	for _, o := range metadata.Routed(a.Schema()) {
		all = append(all, choice{o.Name, o.Label})
	}
	return all, nil
}

// profileChoices are the profiles, by the names that files have for them.
func profileChoices(ctx context.Context, a *crm.Actor) ([]choice, error) {
	found, err := a.Query(ctx, "SELECT Name FROM Profile ORDER BY Name", false)
	all := []choice{}
	for _, row := range found.Records {
		all = append(all, choice{metadata.ProfileName(row.Text("Name")), row.Text("Name")})
	}
	return all, err
}
