package flow

import (
	"strings"

	"github.com/tailscale/hujson"
)

// ours is the key under which a flow file has what the original does not know.
const ours = "x-patchcord"

// Own is what the file has under a key of ours, as JSON; nil if there is nothing.
func (d Document) Own(key string) []byte {
	own, _ := objectOf(member(d.root, ours))
	if v := member(own, key); v != nil {
		return d.text[v.StartOffset:v.EndOffset]
	}
	return nil
}

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
		switch key {
		case "action":
			if text, _ := textOf(v); strings.Contains(text, "/") {
				r.station(v)
				return
			}
			r.id(v)
		case "path":
			r.station(v)
		}
	}
}

// station renames an action of a way, such as uid-1, uid-2:failure, or uid-3:1/uid-2, which is of a flow that uid-3 called.
func (r *renaming) station(v *hujson.Value) {
	text, _ := textOf(v)
	action, rest := text, ""
	if _, whole := r.names[ActionID(text)]; !whole {
		head, inner, called := strings.Cut(text, "/")
		if called {
			rest = "/" + inner
		}
		if i := strings.LastIndex(head, ":"); i >= 0 {
			action, rest = head[:i], head[i:]+rest
		}
	}
	if to, renamed := r.names[ActionID(action)]; renamed {
		r.patches = append(r.patches, replaced(v, string(hujson.String(string(to)+rest))))
	}
}
