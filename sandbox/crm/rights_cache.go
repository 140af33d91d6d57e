package crm

import (
	"slices"
	"sync"

	"github.com/patchcord/patchcord/sandbox/crm/people"
	"github.com/patchcord/patchcord/sandbox/crm/records"
	"github.com/patchcord/patchcord/sandbox/crm/rights"
	"github.com/patchcord/patchcord/sandbox/crm/schema"
)

// knownRights are a user with what profile and permission sets give; never changed in place.
type knownRights struct {
	user   people.User
	grants *rights.Grants
}

// rightsCache keeps rights until a record that they come from is written. Each request asks for them, and hardly anybody changes them.
type rightsCache struct {
	mu  sync.Mutex // guards what follows
	by  map[schema.RecordID]*knownRights
	age int // how often it was emptied
	off int // commits under way that change rights: meanwhile everybody asks the database, which alone knows when they count
}

const maxRights = 10_000

// get gives what is known, and the cache's age for put.
func (c *rightsCache) get(id schema.RecordID) (*knownRights, int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.by[id], c.age
}

// put keeps rights, unless something was written since they were asked for.
func (c *rightsCache) put(id schema.RecordID, r *knownRights, age int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.age != age || c.off > 0 {
		return
	}
	if c.by == nil || len(c.by) >= maxRights {
		c.by = map[schema.RecordID]*knownRights{}
	}
	c.by[id] = r
}

// rightsCome from records of these objects.
var rightsCome = []string{
	"User", "Profile", "PermissionSet", "PermissionSetAssignment", "ObjectPermissions", "FieldPermissions",
	"SetupEntityAccess", "PermissionSetTabSetting",
}

// close empties the cache before a commit if one of its changes matters, and keeps it empty until over is called: readers see a commit
// before its call returns.
func (c *rightsCache) close(changes []records.Change) (over func()) {
	if !slices.ContainsFunc(changes, func(w records.Change) bool { return slices.Contains(rightsCome, w.Object) }) {
		return func() {}
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.by, c.age, c.off = nil, c.age+1, c.off+1
	return c.open
}

// open lets the cache fill again once a commit is over; what was read while it went on is not kept.
func (c *rightsCache) open() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.age, c.off = c.age+1, c.off-1
}
