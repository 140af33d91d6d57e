package metadata

import (
	"context"
	"path"
	"slices"
	"strings"

	"github.com/patchcord/patchcord/sandbox/crm"
	"github.com/patchcord/patchcord/sandbox/crm/records"
)

// kind is a type of metadata: where its files are, when its turn comes, and what is done to put a component in, to
// give it back and to remove it. Each has a file of its own, kind_….go; a function that is nil adds nothing to what all
// types have in common.
type kind struct {
	name           string
	folder, suffix string // of its files
	parent         string // of a child: the type within whose files it stands; its suffix is that of source format
	element        string // of a child: its tag there
	turn           int    // objects before rights, pages before what names them; removed the other way round
	content        bool   // a file with the content beside the description, whose name then ends in -meta.xml
	bundle         bool   // a folder with several files, of which the one with the suffix has a description beside it
	anyRoot        bool   // the root element of a file is not the type's name
	fixed          bool   // records, queries or other components hold on to its name: it cannot be renamed
	omni           bool   // the org has it once Omni-Channel is enabled
	// label is what the setup audit trail calls it, section where in Setup it belongs.
	// Source: Salesforce Help.
	label, section string

	// references wants what a component names to be there. Standard fields and objects are taken on trust: this org has
	// not all of them.
	references func(in *installer, ctx context.Context, fullName string, e *element) error
	// install does what a new component means, and may change what is kept of it: the id of its record, its files.
	install func(in *installer, ctx context.Context, p part, e *element, c *records.Component) error
	// together installs all components of the type at once, because they refer to each other; in place of install.
	together func(in *installer, ctx context.Context, parts []part) error
	// there finds a component that may be there without a file: its name as the org spells it, "" if there is none.
	there func(in *installer, ctx context.Context, name string) (string, error)
	// remove undoes what install did; gone lists what goes together with it. It comes before the file is dropped.
	remove func(in *installer, ctx context.Context, name string, gone manifest) error
	// current gives components as they stand, made of their records; all of them if no name is given. kept are those
	// with files.
	current func(ctx context.Context, actor *crm.Actor, name string, kept []records.Component) ([]records.Component, error)
}

// kinds are the types that this org knows. Source: Metadata API developer guide.
func kinds() []kind {
	return slices.Concat(
		[]kind{globalValueSet(), customPermission(), customObject()}, objectChildren(),
		[]kind{customTab(), messageChannel(), staticResource(), contentAsset(), apexPage(), auraBundle(), layout(), callCenter()},
		[]kind{flexiPage()}, keptKinds(), omniChannel(), []kind{queue(), flow(), customApplication(), permissionSet()},
		externalClientApp(), []kind{connectedApp(), settings()},
	)
}

func kindNamed(name string) (kind, bool) {
	return kindWhere(func(k kind) bool { return k.name == name })
}

func kindOfFolder(folder string) (kind, bool) {
	return kindWhere(func(k kind) bool { return k.parent == "" && k.folder == folder })
}

func kindWhere(fits func(kind) bool) (kind, bool) {
	all := kinds()
	i := slices.IndexFunc(all, fits)
	if i < 0 {
		return kind{}, false
	}
	return all[i], true
}

// children are the types of what stands within a component's file.
func (k kind) children() []kind {
	return slices.DeleteFunc(kinds(), func(child kind) bool { return child.parent != k.name })
}

// file is where a component is in an archive; that of a child is its parent's, that of a bundle its folder.
func (k kind) file(fullName string) string {
	if k.parent != "" {
		whole, _ := kindNamed(k.parent)
		object, _, _ := strings.Cut(fullName, ".")
		return whole.file(object)
	}
	if k.bundle {
		return path.Join(k.folder, fullName)
	}
	return path.Join(k.folder, fullName+k.suffix)
}

// childFile is the file that a child is kept as: as when it stands alone, in source format.
func (k kind) childFile(fullName string) string {
	_, short, _ := strings.Cut(fullName, ".")
	return short + k.suffix
}

// away says that the org has nothing of the type, because its feature is not enabled.
func (k kind) away(actor *crm.Actor) bool { return k.omni && !actor.OmniChannelOn() }

// component finds a component as it stands now; false if there is none.
func component(ctx context.Context, actor *crm.Actor, kind, name string) (records.Component, bool, error) {
	c, ok, err := actor.Component(ctx, kind, name)
	k, _ := kindNamed(kind)
	if err != nil || k.away(actor) {
		return records.Component{}, false, err
	}
	if k.current == nil {
		return c, ok, nil
	}
	kept := []records.Component{}
	if ok {
		kept = append(kept, c)
	}
	found, err := k.current(ctx, actor, name, kept)
	if err != nil || len(found) == 0 {
		return records.Component{}, false, err
	}
	return found[0], true, nil
}

// Current lists the components of a type as they stand now, by name; none while the type's feature is not enabled.
func Current(ctx context.Context, actor *crm.Actor, kind string) ([]records.Component, error) {
	return components(ctx, actor, kind)
}

// components lists those of a type as they stand now, by name.
func components(ctx context.Context, actor *crm.Actor, kind string) ([]records.Component, error) {
	kept, err := actor.Components(ctx, kind)
	k, _ := kindNamed(kind)
	if err != nil || k.away(actor) {
		return nil, err
	}
	if k.current == nil {
		return kept, nil
	}
	return k.current(ctx, actor, "", kept)
}
