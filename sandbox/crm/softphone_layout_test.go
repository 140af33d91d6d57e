package crm

import (
	"errors"
	"testing"
	"time"

	"github.com/patchcord/patchcord/sandbox/crm/records"
	"github.com/patchcord/patchcord/sandbox/crm/schema"
)

func TestSoftphoneLayoutThatCounts(t *testing.T) {
	o := newDesk(t)
	admins, agents := profile(administrators), profile(standardUsers)
	keep := func(l SoftphoneLayout) (id schema.RecordID) {
		t.Helper()
		if err := o.Transact(t.Context(), func(a *Actor) (err error) {
			id, err = a.PutSoftphoneLayout(t.Context(), l, time.Time{})
			return err
		}); err != nil {
			t.Fatal(err)
		}
		return id
	}
	counts := func(who schema.RecordID, want string) {
		t.Helper()
		l, err := o.SoftphoneLayoutOf(t.Context(), who)
		if err != nil || l.Name != want {
			t.Errorf("layout %q, %v; want %q", l.Name, err, want)
		}
	}
	counts(admins, "") // the implicit one
	first := ImplicitSoftphoneLayout()
	first.Name = "First"
	keep(first)
	counts(admins, "") // nobody has it yet
	second := first
	second.Name, second.Default = "Second", true
	keep(second)
	counts(admins, "Second")
	third := second
	third.Name = "Third"
	id := keep(third)
	counts(admins, "Third") // the newer default takes the older one's place
	all, err := o.SoftphoneLayouts(t.Context())
	if err != nil || len(all) != 3 || all[1].Default {
		t.Fatalf("layouts %+v, %v", all, err)
	}
	assign := func(layout schema.RecordID) error {
		return o.Transact(t.Context(), func(a *Actor) error {
			return a.AssignSoftphoneLayouts(t.Context(), map[schema.RecordID]schema.RecordID{agents: layout})
		})
	}
	if err := assign(all[0].ID); err != nil {
		t.Fatal(err)
	}
	counts(agents, "First")
	counts(admins, "Third")
	if err := assign("04s000000000001AAA"); err == nil {
		t.Error("a layout that does not exist was assigned")
	}
	for _, drop := range []schema.RecordID{all[0].ID, id} {
		if err := o.Transact(t.Context(), func(a *Actor) error { return a.DropSoftphoneLayout(t.Context(), drop) }); err != nil {
			t.Fatal(err)
		}
	}
	counts(agents, "")
}

func putFlow(t *testing.T, o *desk, name, kind, status string) {
	t.Helper()
	source := `<Flow><label>` + name + `</label><processType>` + kind + `</processType><status>` + status + `</status></Flow>`
	if err := o.Transact(t.Context(), func(a *Actor) error {
		return a.PutComponent(t.Context(), records.Component{Type: "Flow", FullName: name,
			Files: map[string][]byte{"flows/" + name + ".flow": []byte(source)}})
	}); err != nil {
		t.Fatal(err)
	}
}

func TestASoftphoneLayoutPopsAnActiveScreenFlow(t *testing.T) {
	o := newDesk(t)
	putFlow(t, o, "Intake", "Flow", "Active")
	l := ImplicitSoftphoneLayout()
	l.Name, l.Inbound.NoMatch = "Layout", ScreenPop{"PopToFlow", "Intake"}
	if err := o.Transact(t.Context(), func(a *Actor) error {
		_, err := a.PutSoftphoneLayout(t.Context(), l, time.Time{})
		return err
	}); err != nil {
		t.Error(err)
	}
	f, err := o.Flow(t.Context(), "intake")
	if err != nil || !f.Pops() || f.ID[:3] != "300" || f.Version[:3] != "301" {
		t.Errorf("flow %+v, %v", f, err)
	}
	putFlow(t, o, "Intake", "Flow", "Obsolete")
	off, err := o.Flow(t.Context(), "Intake")
	if err != nil || off.Pops() || off.ID != f.ID {
		t.Errorf("after deactivation %+v, %v", off, err)
	}
	if all, err := o.Flows(t.Context()); err != nil || len(all) != 1 {
		t.Errorf("flows %v, %v", all, err)
	}
}

func TestSoftphoneLayoutsThatAreRefused(t *testing.T) {
	o := newDesk(t)
	putFlow(t, o, "Off", "Flow", "Draft")
	putFlow(t, o, "Silent", "AutoLaunchedFlow", "Active")
	for _, tc := range []struct {
		name  string
		edit  func(*SoftphoneLayout)
		field string
	}{
		{"without a name", func(l *SoftphoneLayout) { l.Name = " " }, "Name"},
		{"an object that is not searched", func(l *SoftphoneLayout) {
			l.Outbound.Objects = []SoftphoneObject{{"Task",
				[]string{"Subject"}}}
		}, "Outbound"},
		{"an object twice", func(l *SoftphoneLayout) { l.Inbound.Objects = append(l.Inbound.Objects, l.Inbound.Objects[0]) }, "Inbound"},
		{"a field that is none", func(l *SoftphoneLayout) { l.Internal.Objects = []SoftphoneObject{{"Contact", []string{"Nope"}}} }, "Internal"},
		{"an object without fields", func(l *SoftphoneLayout) { l.Inbound.Objects = []SoftphoneObject{{"Contact", nil}} }, "Inbound"},
		{"a call-related field that is none", func(l *SoftphoneLayout) { l.Inbound.CallFields = []string{"MOON"} }, "Inbound"},
		{"an unknown pop", func(l *SoftphoneLayout) { l.Inbound.SingleMatch.Type = "PopToSearch" }, "SingleMatch"},
		{"a new record of nothing", func(l *SoftphoneLayout) { l.Inbound.NoMatch = ScreenPop{"PopToEntity", ""} }, "NoMatch"},
		{"a page that is not there", func(l *SoftphoneLayout) {
			l.Inbound.MultipleMatches = ScreenPop{"PopToVisualforce",
				"Nope"}
		}, "MultipleMatches"},
		{"a flow that is switched off", func(l *SoftphoneLayout) { l.Inbound.SingleMatch = ScreenPop{"PopToFlow", "Off"} }, "SingleMatch"},
		{"a flow without screens", func(l *SoftphoneLayout) { l.Inbound.MultipleMatches = ScreenPop{"PopToFlow", "Silent"} }, "MultipleMatches"},
		{"a flow that is not there", func(l *SoftphoneLayout) { l.Inbound.NoMatch = ScreenPop{"PopToFlow", "Nope"} }, "NoMatch"},
		{"a window that is none", func(l *SoftphoneLayout) { l.Inbound.OpenWithin = "" }, "OpenWithin"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			l := ImplicitSoftphoneLayout()
			l.Name = "Layout"
			tc.edit(&l)
			err := o.Transact(t.Context(), func(a *Actor) error {
				_, err := a.PutSoftphoneLayout(t.Context(), l, time.Time{})
				return err
			})
			refused, ok := errors.AsType[*schema.Error](err)
			if !ok || len(refused.Fields) != 1 || refused.Fields[0] != tc.field {
				t.Errorf("got %v, want a refusal of %s", err, tc.field)
			}
		})
	}
}

func TestTwoAdministratorsEditOneLayout(t *testing.T) {
	o := newDesk(t)
	l := ImplicitSoftphoneLayout()
	l.Name = "Layout"
	put := func(since time.Time) error {
		return o.Transact(t.Context(), func(a *Actor) (err error) {
			l.ID, err = a.PutSoftphoneLayout(t.Context(), l, since)
			return err
		})
	}
	if err := put(time.Time{}); err != nil {
		t.Fatal(err)
	}
	have, err := o.SoftphoneLayout(t.Context(), l.ID)
	if err != nil {
		t.Fatal(err)
	}
	if err := put(have.LastModified); err != nil {
		t.Errorf("nobody was faster: %v", err)
	}
	err = put(have.LastModified.Add(-time.Second))
	if refused, ok := errors.AsType[*schema.Error](err); !ok || refused.Code != "CONFLICT" {
		t.Errorf("got %v, want a conflict", err)
	}
	id := l.ID
	l.ID = ""
	if err := put(time.Time{}); err == nil {
		t.Error("two layouts have one name")
	}
	l.ID = id
}
