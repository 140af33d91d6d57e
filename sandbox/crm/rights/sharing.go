package rights

import (
	"fmt"

	"github.com/patchcord/patchcord/sandbox/crm/schema"
)

// MaxParents bounds a chain of master-detail relationships, in objects.
const MaxParents = 5

// SeesAll says whether sharing hides no record of an object from one.
func (r Rights) SeesAll(s schema.Schema, o schema.Object) bool {
	if r.all || o.Setup || o.Setting != "" || r.Can(ViewAllData) || r.Can(ModifyAllData) {
		return true
	}
	can := r.On(o)
	if can.ViewAll || can.ModifyAll {
		return true
	}
	if parent, ok := Master(s, o); ok {
		return r.SeesAll(s, parent)
	}
	return o.Sharing != schema.Private
}

// Master is the object whose records say who sees those of o.
func Master(s schema.Schema, o schema.Object) (schema.Object, bool) {
	name, ok := o.Master()
	if !ok {
		return schema.Object{}, false
	}
	return s.Object(name)
}

// Shared is the condition under which one sees a row of an object whose table is called alias; "" for always.
func (r Rights) Shared(s schema.Schema, o schema.Object, alias string) (string, []any) {
	if r.SeesAll(s, o) {
		return "", nil
	}
	at, condition, closing := alias, "", ""
	for depth := range MaxParents {
		parent, ok := Master(s, o)
		if !ok {
			break
		}
		next := fmt.Sprintf("%sm%d", alias, depth)
		condition += fmt.Sprintf(`EXISTS (SELECT 1 FROM %s %s WHERE %s."Id" = %s.%s AND `, schema.Table(parent.Name), next,
			next, at, schema.Column(o.ControlledBy))
		closing += ")"
		at, o = next, parent
	}
	return condition + at + `."OwnerId" = ?` + closing, []any{string(r.who)}
}
