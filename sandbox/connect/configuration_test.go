package connect

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/patchcord/patchcord/internal/secret"
)

func TestChangesAreRefusedWithTheirReason(t *testing.T) {
	long := strings.Repeat("x", 300)
	for _, tc := range []struct {
		name string
		do   func(*floor, State) error
		want error
	}{
		{"a status without a name", func(d *floor, _ State) error { _, err := d.CreateStatus(Status{}, nil); return err }, ErrInvalid},
		{"a status whose name is taken", func(d *floor, _ State) error {
			_, err := d.CreateStatus(Status{Name: "lunch"}, nil)
			return err
		}, ErrExists},
		{"Available disabled", func(d *floor, s State) error {
			return d.ChangeStatus(s.Statuses[0].ID, func(a *Status) { a.Disabled = true })
		}, ErrInvalid},
		{"a status that is not there", func(d *floor, _ State) error { return d.ChangeStatus("x", func(*Status) {}) }, ErrMissing},
		{"a status with tags of the platform's", func(d *floor, _ State) error {
			_, err := d.CreateStatus(Status{Name: "x"}, map[string]string{"aws:x": "y"})
			return err
		}, ErrInvalid},
		{"a queue without hours", func(d *floor, _ State) error { _, err := d.CreateQueue(Queue{Name: "x"}, nil); return err }, ErrMissing},
		{"a queue whose name is taken", func(d *floor, s State) error {
			_, err := d.CreateQueue(Queue{Name: "basicqueue", Hours: s.Hours[0].ID}, nil)
			return err
		}, ErrExists},
		{"a queue with a name too long", func(d *floor, s State) error {
			_, err := d.CreateQueue(Queue{Name: long, Hours: s.Hours[0].ID}, nil)
			return err
		}, ErrInvalid},
		{"a queue of a profile deleted", func(d *floor, s State) error { return d.DeleteQueue(s.Queues[0].ID) }, ErrInUse},
		{"a routing profile of users deleted", func(d *floor, s State) error {
			return d.DeleteRoutingProfile(s.RoutingProfiles[0].ID)
		}, ErrInUse},
		{"a routing profile with two calls at once", func(d *floor, s State) error {
			return d.ChangeRoutingProfile(s.RoutingProfiles[0].ID,
				func(p *RoutingProfile) error { p.Concurrency = []Concurrency{{Voice, 2}}; return nil })
		}, ErrInvalid},
		{"a routing profile with a queue twice", func(d *floor, s State) error {
			return d.ChangeRoutingProfile(s.RoutingProfiles[0].ID, func(p *RoutingProfile) error { return p.AddQueues(p.Queues, false) })
		}, ErrInvalid},
		{"a priority of nothing", func(d *floor, s State) error {
			return d.ChangeRoutingProfile(s.RoutingProfiles[0].ID, func(p *RoutingProfile) error {
				return p.AddQueues([]RoutingProfileQueue{{s.Queues[0].ID, Voice, 0, 0}}, true)
			})
		}, ErrInvalid},
		{"hours of a queue deleted", func(d *floor, s State) error { return d.DeleteHours(s.Hours[0].ID) }, ErrInUse},
		{"hours of no zone", func(d *floor, _ State) error {
			_, err := d.CreateHours(Hours{Name: "x", Zone: "Mars"}, nil)
			return err
		}, ErrInvalid},
		{"hours with a minute too many", func(d *floor, _ State) error {
			_, err := d.CreateHours(Hours{Name: "x", Zone: "UTC", Spans: []Span{{0, 0, 24 * 60}}}, nil)
			return err
		}, ErrInvalid},
		{"an override that ends before it begins", func(d *floor, s State) error {
			_, err := d.CreateOverride(s.Hours[0].ID, Override{Name: "x", From: "2026-02-02", Till: "2026-02-01"})
			return err
		}, ErrInvalid},
		{"a number that is not to be had", func(d *floor, _ State) error {
			_, err := d.ClaimNumber("+4912345", "", nil)
			return err
		}, ErrInvalid},
		{"a number of a queue released", func(d *floor, s State) error { return d.ReleaseNumber(s.Numbers[0].ID) }, ErrInUse},
		{"a number with a transfer's flow", func(d *floor, s State) error {
			return d.ChangeNumber(s.Numbers[0].ID, func(n *Number) { n.Flow = s.Flows[1].ID })
		}, ErrInvalid},
		{"a delivered flow deleted", func(d *floor, s State) error { return d.DeleteFlow(s.Flows[0].ID) }, ErrDenied},
		{"a flow that is none", func(d *floor, _ State) error {
			_, err := d.CreateFlow(Flow{Name: "x", Type: ContactFlow, Content: "{}"}, nil)
			return err
		}, ErrInvalidFlow},
		{"a flow to a queue that is not there", func(d *floor, s State) error {
			return d.WriteFlow(s.Flows[0].ID, strings.ReplaceAll(s.Flows[0].Content, string(s.Queues[0].ID), "gone"), true)
		}, ErrInvalidFlow},
		{"a quick connect to nobody", func(d *floor, s State) error {
			_, err := d.CreateQuickConnect(QuickConnect{Name: "x", Type: ToUser, User: "none", Flow: s.Flows[1].ID}, nil)
			return err
		}, ErrMissing},
		{"a quick connect to no number", func(d *floor, _ State) error {
			_, err := d.CreateQuickConnect(QuickConnect{Name: "x", Type: ToNumber, Number: "112"}, nil)
			return err
		}, ErrInvalid},
		{"a security profile with a right that is none", func(d *floor, _ State) error {
			_, err := d.CreateSecurityProfile(SecurityProfile{Name: "x", Permissions: []string{"Fly"}}, nil)
			return err
		}, ErrInvalid},
		{"a security profile of users deleted", func(d *floor, s State) error {
			return d.DeleteSecurityProfile(s.Instance.DefaultSecurityProfile("Agent"))
		}, ErrInUse},
		{"Admin deleted", func(d *floor, s State) error {
			return d.DeleteSecurityProfile(s.Instance.DefaultSecurityProfile("Admin"))
		}, ErrDenied},
		{"a user of a login name too long", func(d *floor, s State) error {
			_, err := d.CreateUser(User{Username: long, FirstName: "A", LastName: "B",
				SecurityProfiles: s.Users[0].SecurityProfiles, RoutingProfile: s.Users[0].RoutingProfile}, "Right-Pass-1", nil)
			return err
		}, ErrInvalid},
		{"a user whose login name is taken", func(d *floor, s State) error {
			_, err := d.CreateUser(User{Username: "AMELIA", FirstName: "A", LastName: "B",
				SecurityProfiles: s.Users[0].SecurityProfiles, RoutingProfile: s.Users[0].RoutingProfile}, "Right-Pass-1", nil)
			return err
		}, ErrExists},
		{"a user without a security profile", func(d *floor, s State) error {
			_, err := d.CreateUser(User{Username: "n", FirstName: "A", LastName: "B",
				RoutingProfile: s.Users[0].RoutingProfile}, "Right-Pass-1", nil)
			return err
		}, ErrInvalid},
		{"a tag on nothing", func(d *floor, _ State) error { return d.Tag("arn:aws:connect:x", map[string]string{"a": "b"}) }, ErrMissing},
		{"an origin with a path", func(d *floor, _ State) error { return d.ApproveOrigin("https://x.example/a") }, ErrInvalid},
	} {
		t.Run(tc.name, func(t *testing.T) {
			d := newFloor(t)
			kept := len(d.kept)
			if err := tc.do(d, d.State()); !errors.Is(err, tc.want) {
				t.Errorf("err = %v, want %v", err, tc.want)
			}
			if len(d.kept) != kept {
				t.Error("it was kept all the same")
			}
		})
	}
}

func TestPasswordsKeepTheRules(t *testing.T) {
	for password, ok := range map[string]bool{"Right-Pass-1": true, "Sh0rt": false, "nouppercase1": false,
		"NOLOWERCASE1": false, "NoDigitsHere": false, "With Space1": false} {
		if err := CheckNewPassword(secret.String(password)); (err == nil) != ok {
			t.Errorf("%s: %v", password, err)
		}
	}
	d := newFloor(t)
	began := d.clock.Now()
	d.clock.Advance(time.Second)
	d.must(d.SetPassword(amelia, "Right-Pass-1"))
	if d.SessionValid(amelia, "one", began) {
		t.Error("an old session goes on after a new password")
	}
	if _, err := d.CheckPassword("amelia", "Right-Pass-1"); err != nil {
		t.Error(err)
	}
}

func TestHoursAreOpenWhenTheySay(t *testing.T) {
	h := Hours{Zone: "America/Los_Angeles", Spans: []Span{{time.Monday, 9 * 60, 17 * 60}, {time.Friday, 22 * 60, 2 * 60}, {time.Sunday, 0, 0}},
		Overrides: []Override{{From: "2026-05-25", Till: "2026-05-25"},
			{From: "2026-06-01", Till: "2026-06-02", Spans: []Span{{time.Tuesday, 600, 660}}}}}
	for at, want := range map[string]bool{
		"2026-01-05T08:59:00-08:00": false, "2026-01-05T09:00:00-08:00": true, "2026-01-05T16:59:59-08:00": true,
		"2026-01-05T17:00:00-08:00": false,
		"2026-01-09T23:00:00-08:00": true, "2026-01-10T01:59:00-08:00": true, "2026-01-10T02:00:00-08:00": false,
		"2026-01-04T12:00:00-08:00": true,
		"2026-01-05T00:00:00-08:00": false, "2026-07-06T16:30:00Z": true, "2026-05-25T12:00:00-07:00": false,
		"2026-06-01T12:00:00-07:00": false, "2026-06-02T10:30:00-07:00": true,
	} {
		now, err := time.Parse(time.RFC3339, at)
		if err != nil {
			t.Fatal(err)
		}
		if got := h.Open(now); got != want {
			t.Errorf("%s: %t", at, got)
		}
	}
}
