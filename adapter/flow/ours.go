package flow

import "github.com/tailscale/hujson"

// ours is the key under which a flow file has what the original does not know.
const ours = "x-patchcord"

// tests renames actions in the flow's tests: where they are stubbed, and on the way that is expected.
func (r *renaming) tests(d Document) {
	own, _ := objectOf(member(d.root, ours))
	if v := member(own, "tests"); v != nil {
		r.named(v, "")
	}
}

// named renames values of the keys action and path.
func (r *renaming) named(v *hujson.Value, key string) {
	switch value := v.Value.(type) {
	case *hujson.Object:
		for i := range value.Members {
			r.named(&value.Members[i].Value, keyOf(&value.Members[i]))
		}
	case *hujson.Array:
		for i := range value.Elements {
			r.named(&value.Elements[i], key)
		}
	case hujson.Literal:
		if key == "action" {
			r.id(v)
		}
	}
}
