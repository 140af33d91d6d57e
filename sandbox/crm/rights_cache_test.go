package crm

import (
	"testing"

	"github.com/patchcord/patchcord/sandbox/crm/records"
)

func TestRightsAreNotKeptOverACommit(t *testing.T) {
	var c rightsCache
	old, changed := &knownRights{}, &knownRights{}
	_, before := c.get("005")
	c.put("005", old, before)
	c.close([]records.Change{{Object: "Task"}})()
	if known, _ := c.get("005"); known != old {
		t.Fatal("rights were forgotten for a task")
	}
	over := c.close([]records.Change{{Object: "PermissionSetAssignment"}})
	known, during := c.get("005")
	if known != nil {
		t.Error("old rights while the commit goes on")
	}
	c.put("005", old, during) // read before the commit was seen
	over()
	c.put("005", old, during)
	known, after := c.get("005")
	if known != nil {
		t.Error("rights that were read during the commit outlived it")
	}
	c.put("005", changed, after)
	if known, _ := c.get("005"); known != changed {
		t.Error("rights are not kept any more")
	}
}
