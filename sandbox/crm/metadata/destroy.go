package metadata

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/patchcord/patchcord/sandbox/crm"
	"github.com/patchcord/patchcord/sandbox/crm/clientapp"
	"github.com/patchcord/patchcord/sandbox/crm/soql"
)

// destroy deletes what a list of deletions names: rights and applications first, objects last. What is not there is a warning.
func (in *installer) destroy(ctx context.Context, file string, body []byte) error {
	if body == nil {
		return nil
	}
	m, err := readManifest(body)
	if err != nil {
		return in.one(ctx, message{FileName: file, FullName: file}, func(*message) error { return err })
	}
	slices.SortStableFunc(m.types, func(x, y members) int { return turnOf(y.kind) - turnOf(x.kind) })
	for _, t := range m.types {
		for _, name := range t.names {
			err := in.one(ctx, message{FileName: file, FullName: name, ComponentType: t.kind}, func(out *message) error {
				if name == "*" {
					return &problem{"Wildcards are not allowed in a list of deletions", 1, 1}
				}
				there, err := in.remove(ctx, t.kind, name, m)
				switch {
				case err != nil:
					return err
				case there:
					out.Deleted, out.Changed = true, true
					return nil
				case !in.opts.IgnoreWarnings:
					return &problem{fmt.Sprintf("No %s named: %s found", t.kind, name), 1, 1}
				}
				out.Problem, out.ProblemType = fmt.Sprintf("No %s named: %s found", t.kind, name), "Warning"
				return nil
			})
			if err != nil {
				return err
			}
		}
	}
	return nil
}

func turnOf(name string) int {
	if k, ok := kindNamed(name); ok {
		return k.turn * 2
	}
	if k, _, ok := parentOf(name); ok {
		return k.turn*2 + 1
	}
	return 0
}

// remove deletes one component with what stands for it; false if it is not there.
func (in *installer) remove(ctx context.Context, kind, name string, all manifest) (bool, error) {
	c, there, err := component(ctx, in.actor, kind, name)
	if err != nil {
		return false, err
	}
	name = map[bool]string{true: c.FullName, false: name}[there]
	switch kind {
	case "CustomObject":
		if _, exists := in.actor.Object(name); !exists {
			return false, nil
		}
		there = true
		err = in.removeObject(ctx, name, all)
	case "CustomField":
		object, field, _ := strings.Cut(name, ".")
		o, ok := in.actor.Object(object)
		f, has := o.Field(field)
		if !ok || !has || !f.Custom {
			return false, nil
		}
		there = true
		if err = in.clear(ctx, "FieldPermissions", "Field", o.Name+"."+f.Name); err == nil {
			err = in.actor.DropField(ctx, o.Name, f.Name)
		}
	case "PermissionSet":
		err = in.removeSet(ctx, name)
	case "ApexPage":
		if there {
			err = in.removePage(ctx, name, all)
		}
	case "StaticResource":
		err = in.clear(ctx, kind, "Name", name)
	case "CustomApplication":
		if strings.HasPrefix(name, "standard__") {
			return false, &problem{fmt.Sprintf("Cannot delete standard app: %s", name), 1, 1}
		}
		err = in.clear(ctx, "SetupEntityAccess", "SetupEntityId", name)
	case "CallCenter":
		err = in.removeCallCenter(ctx, name)
	case "Flow":
		err = in.removeFlow(ctx, name)
	case clientapp.Header:
		_, err = clientapp.Remove(ctx, in.actor, name)
	}
	if err != nil || !there {
		return there, err
	}
	if err := in.audit(ctx, kind, name, "Deleted"); err != nil {
		return true, err
	}
	if clientapp.IsGlobal(kind) {
		if err := in.actor.RevokeClient(ctx, clientapp.KeyOf(c)); err != nil {
			return true, err
		}
	}
	return true, in.actor.DropComponent(ctx, kind, name)
}

func (in *installer) removeObject(ctx context.Context, name string, all manifest) error {
	o, _ := in.actor.Object(name)
	if !o.Custom {
		return &problem{fmt.Sprintf("Cannot delete standard object: %s", name), 1, 1}
	}
	for _, child := range in.actor.Children(o.Name) {
		if child.Object != o.Name && !all.lists("CustomObject", child.Object) && !all.lists("CustomField", child.Object+"."+child.Field) {
			return &problem{fmt.Sprintf("This custom object is referenced elsewhere in salesforce.com. Remove the usage and try again. : %s.%s", child.Object, child.Field), 1, 1}
		}
	}
	for object, field := range map[string]string{"ObjectPermissions": "SobjectType", "FieldPermissions": "SobjectType", "PermissionSetTabSetting": "Name", "SetupEntityAccess": "SetupEntityId"} {
		if err := in.clear(ctx, object, field, o.Name); err != nil {
			return err
		}
	}
	everything, err := in.actor.Components(ctx, "")
	if err != nil {
		return err
	}
	for _, c := range everything {
		_, _, inside := parentOf(c.Type)
		if inside && strings.HasPrefix(c.FullName, o.Name+".") || c.Type == "Layout" && strings.HasPrefix(c.FullName, o.Name+"-") || c.Type == "CustomTab" && c.FullName == o.Name {
			if err := in.actor.DropComponent(ctx, c.Type, c.FullName); err != nil {
				return err
			}
		}
	}
	for _, child := range in.actor.Children(o.Name) {
		if child.Object != o.Name {
			if err := in.actor.DropField(ctx, child.Object, child.Field); err != nil {
				return err
			}
			if err := in.actor.DropComponent(ctx, "CustomField", child.Object+"."+child.Field); err != nil {
				return err
			}
		}
	}
	return in.actor.DropObject(ctx, o.Name)
}

func (in *installer) removeSet(ctx context.Context, name string) error {
	id, err := in.id(ctx, "PermissionSet", "Name", name)
	if err != nil || id == "" {
		return err
	}
	for _, object := range append(slices.Clone(setEntries), "PermissionSetAssignment") {
		field := map[bool]string{true: "PermissionSetId", false: "ParentId"}[object == "PermissionSetAssignment"]
		if err := in.clear(ctx, object, field, string(id)); err != nil {
			return err
		}
	}
	return in.actor.Delete(ctx, "PermissionSet", id)
}

// removeCallCenter takes its users out first.
func (in *installer) removeCallCenter(ctx context.Context, name string) error {
	id, err := in.id(ctx, "CallCenter", "InternalName", name)
	if err != nil || id == "" {
		return err
	}
	users, err := in.actor.Query(ctx, "SELECT Id FROM User WHERE CallCenterId = "+soql.Quote(string(id)), false)
	if err != nil {
		return err
	}
	for _, u := range users.Records {
		if err := in.actor.Update(ctx, "User", u.ID(), crm.Values{"CallCenterId": nil}, ""); err != nil {
			return err
		}
	}
	return in.actor.Delete(ctx, "CallCenter", id)
}
