package crm

import "testing"

func TestRightsAreNotKeptOverACommit(t *testing.T) {
	var c rightsCache
	old, changed := &rights{}, &rights{}
	_, before := c.get("005")
	c.put("005", old, before)
	if c.close([]Change{{Object: "Task"}}) {
		t.Fatal("a task changes nobody's rights")
	}
	if known, _ := c.get("005"); known != old {
		t.Fatal("rights were forgotten for a task")
	}
	if !c.close([]Change{{Object: "PermissionSetAssignment"}}) {
		t.Fatal("an assignment changes rights")
	}
	known, during := c.get("005")
	if known != nil {
		t.Error("old rights while the commit goes on")
	}
	c.put("005", old, during) // read before the commit was seen
	c.open()
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
