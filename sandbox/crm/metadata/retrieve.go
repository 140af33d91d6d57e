package metadata

import (
	"context"
	"fmt"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/patchcord/patchcord/sandbox/crm"
	"github.com/patchcord/patchcord/sandbox/crm/records"
	"github.com/patchcord/patchcord/sandbox/crm/schema"
)

// retrieved is what a retrieve request gave. It is worked out at once: what the org holds fits into memory.
type retrieved struct {
	id       string
	zip      []byte
	files    []properties
	messages []note
}

// note is a member that was asked for in vain.
type note struct{ file, problem string }

// properties tell about one component.
type properties struct {
	kind, fullName, file  string
	id                    schema.RecordID
	created, modified     time.Time
	createdBy, modifiedBy schema.RecordID
}

func propertiesOf(c records.Component) properties {
	k, _ := kindNamed(c.Type)
	return properties{c.Type, c.FullName, k.file(c.FullName), c.ID, c.Created, c.Modified, c.CreatedBy, c.ModifiedBy}
}

// store are the org's components of some types, by name, read once for a request.
type store map[string][]records.Component

// store reads the types that are asked for. One that is a part of objects, or objects, brings all of those.
func (a *API) store(ctx context.Context, asked ...string) (store, error) {
	s := store{}
	for _, kind := range asked {
		s[kind] = nil
	}
	objects := customObject()
	children := objects.children()
	has := func(k kind) bool { _, asked := s[k.name]; return asked }
	if has(objects) || slices.ContainsFunc(children, has) {
		s[objects.name] = nil
		for _, c := range children {
			s[c.name] = nil
		}
	}
	err := a.cfg.Org.Transact(ctx, func(actor *crm.Actor) (err error) {
		for kind := range s {
			if s[kind], err = components(ctx, actor, kind); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	if has(objects) {
		for _, o := range a.cfg.Org.Schema().Objects() { // standard objects have no file
			if _, have := s.find(objects.name, o.Name); !have {
				s[objects.name] = append(s[objects.name], records.Component{Type: objects.name, FullName: o.Name})
			}
		}
	}
	return s, nil
}

func (s store) find(kind, fullName string) (records.Component, bool) {
	i := slices.IndexFunc(s[kind], func(c records.Component) bool { return strings.EqualFold(c.FullName, fullName) })
	if i < 0 {
		return records.Component{}, false
	}
	return s[kind][i], true
}

// retrieve collects the members of a manifest into an archive: below a folder named unpackaged unless it is the single package.
func (a *API) retrieve(ctx context.Context, m manifest, version string, single bool) (retrieved, error) {
	var asked []string
	for _, t := range m.types {
		asked = append(asked, t.kind)
	}
	s, err := a.store(ctx, asked...)
	if err != nil {
		return retrieved{}, err
	}
	out := retrieved{id: newID("09S")}
	files := archive{}
	listed := manifest{}
	children := map[string][]records.Component{} // by object, those asked for one by one
	whole := map[string]bool{}
	for _, t := range m.types {
		found := s.members(t, &out)
		one := members{kind: t.kind}
		for _, c := range found {
			one.names = append(one.names, c.FullName)
			p := propertiesOf(c)
			out.files = append(out.files, p)
			object, _, _ := strings.Cut(c.FullName, ".")
			switch {
			case c.Type == objectKind:
				whole[c.FullName] = true
			case p.file == customObject().file(object):
				children[object] = append(children[object], c)
			default:
				for name, body := range c.Files {
					files[name] = body
				}
			}
		}
		listed.types = append(listed.types, one)
	}
	for object := range whole {
		children[object] = s.childrenOf(object)
	}
	for object, kids := range children {
		body, err := s.objectFile(object, whole[object], kids)
		if err != nil {
			return retrieved{}, err
		}
		files[customObject().file(object)] = body
	}
	files["package.xml"] = listed.file(version)
	if !single {
		below := archive{}
		for name, body := range files {
			below[path.Join("unpackaged", name)] = body
		}
		files = below
		for i := range out.files {
			out.files[i].file = path.Join("unpackaged", out.files[i].file)
		}
	}
	out.zip, err = files.pack()
	a.mu.Lock()
	a.retrieves[out.id] = out
	a.remember(out.id)
	a.mu.Unlock()
	return out, err
}

// members are the components that a list of names means; what is not there becomes a note.
func (s store) members(t members, out *retrieved) []records.Component {
	var found []records.Component
	if _, known := kindNamed(t.kind); !known {
		out.messages = append(out.messages, note{"unpackaged/package.xml",
			fmt.Sprintf("Unknown type name '%s' specified in package.xml", t.kind)})
		return nil
	}
	for _, name := range t.names {
		if name == "*" {
			for _, c := range s[t.kind] {
				if t.kind != objectKind || len(c.Files) > 0 { // standard objects must be named
					found = append(found, c)
				}
			}
			continue
		}
		c, ok := s.find(t.kind, name)
		if !ok {
			out.messages = append(out.messages, note{"unpackaged/package.xml",
				fmt.Sprintf("Entity of type '%s' named '%s' cannot be found", t.kind, name)})
			continue
		}
		found = append(found, c)
	}
	return found
}

func (s store) childrenOf(object string) []records.Component {
	var kids []records.Component
	for _, c := range customObject().children() {
		for _, one := range s[c.name] {
			if strings.HasPrefix(one.FullName, object+".") {
				kids = append(kids, one)
			}
		}
	}
	return kids
}

// objectFile puts an object's file together from its parts.
func (s store) objectFile(object string, whole bool, kids []records.Component) ([]byte, error) {
	root := &element{name: objectKind}
	if head, ok := s.find(objectKind, object); ok && whole && len(head.Files) > 0 {
		body, _ := head.File(".object")
		e, err := tree(body)
		if err != nil {
			return nil, err
		}
		root = e
	}
	for _, c := range kids {
		k, _ := kindNamed(c.Type)
		_, short, _ := strings.Cut(c.FullName, ".")
		body, _ := c.File(k.childFile(c.FullName))
		e, err := tree(body)
		if err != nil {
			return nil, err
		}
		root.kids = append(root.kids, e.named(k.element, short))
	}
	slices.SortStableFunc(root.kids, func(x, y *element) int { return strings.Compare(x.name, y.name) })
	return root.file(), nil
}

// file writes a manifest.
func (m manifest) file(version string) []byte {
	root := &element{name: "Package"}
	types := slices.Clone(m.types)
	slices.SortFunc(types, func(x, y members) int { return strings.Compare(x.kind, y.kind) })
	for _, t := range types {
		if len(t.names) == 0 {
			continue
		}
		names := slices.Compact(slices.Sorted(slices.Values(t.names)))
		one := &element{name: "types"}
		for _, name := range names {
			one.kids = append(one.kids, &element{name: "members", text: name})
		}
		one.kids = append(one.kids, &element{name: "name", text: t.kind})
		root.kids = append(root.kids, one)
	}
	root.kids = append(root.kids, &element{name: "version", text: version})
	return root.file()
}
