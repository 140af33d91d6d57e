package heart

import (
	"github.com/patchcord/patchcord/adapter/flow"
	"github.com/patchcord/patchcord/adapter/records"
)

// called are the flows that a flow may call, as it or they name them: a run keeps the versions with which it began. What is not active, or
// named so that several could be meant, is left out.
func called(all records.Adapter, f records.Flow) map[string]records.Flow {
	if len(f.Program.Calls()) == 0 {
		return nil
	}
	found := map[string]records.Flow{}
	now := []records.Flow{f}
	for range flow.MaxCalls {
		var next []records.Flow
		for _, caller := range now {
			for _, name := range caller.Program.Calls() {
				if _, known := found[name]; known {
					continue
				}
				if callee, ok := named(all, name); ok {
					found[name] = callee
					next = append(next, callee)
				}
			}
		}
		now = next
	}
	return found
}

// named is the active flow with an id, of 15 or 18 characters, or with a name that no other has.
func named(all records.Adapter, name string) (found records.Flow, ok bool) {
	for _, f := range all.Flows {
		if f.HasID(name) {
			return f, true
		}
	}
	n := 0
	for _, f := range all.Flows {
		if f.Name == name {
			found = f
			n++
		}
	}
	return found, n == 1
}

// pin keeps the versions of flows that a run may call, and says which they are.
func (c *change) pin(f records.Flow) (versions map[string]string, err error) {
	for name, callee := range called(c.rules, f) {
		if err := c.keepVersion(callee); err != nil {
			return nil, err
		}
		if versions == nil {
			versions = map[string]string{}
		}
		versions[name] = callee.Version
	}
	return versions, nil
}
