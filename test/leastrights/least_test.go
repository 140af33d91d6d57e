package leastrights

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/patchcord/patchcord/salesforce"
	"github.com/patchcord/patchcord/setup"
	"github.com/patchcord/patchcord/setup/checks"
	"github.com/patchcord/patchcord/setup/rights"
	"github.com/patchcord/patchcord/setup/steps"
)

func TestTheLeastRightsDoAndNothingLess(t *testing.T) {
	s := open(t)
	whole, err := rights.Policy(rights.AnyInstance)
	if err != nil {
		t.Fatal(err)
	}
	endpoint := serveCentre(t, whole)
	for _, username := range []string{integration, agent} {
		t.Run(username+" has no API before set-up", func(t *testing.T) {
			if err := s.reads(t, username, "SELECT Id FROM User"); !salesforce.IsCode(err, "API_DISABLED_FOR_ORG") {
				t.Errorf("%v", err)
			}
		})
	}
	for _, p := range rights.Permissions { // in the order of the steps, so that each is still to do
		t.Run("without "+p.Label, func(t *testing.T) {
			s.give(t, p, false)
			defer s.give(t, p, true)
			j, err := s.open(t, endpoint)
			if err == nil {
				err = setup.Apply(t.Context(), j.site.Platforms, j.steps.InOrder(), j.site.Record, setup.Hooks{})
			}
			names(t, err, p.By, p.Label)
			for _, other := range rights.Permissions {
				if other.Name != p.Name && err != nil && strings.Contains(err.Error(), other.Label) {
					t.Errorf("it names %s too", other.Label)
				}
			}
		})
	}
	j, err := s.open(t, endpoint)
	if err != nil {
		t.Fatal(err)
	}
	t.Run("with all, set-up is applied", func(t *testing.T) { applies(t, j) })
	for _, username := range []string{integration, agent} {
		t.Run(username+" reads by the set that it was given", func(t *testing.T) {
			for _, soql := range []string{"SELECT Username FROM User", "SELECT Name FROM AC_CtiAdapter__c"} {
				if err := s.reads(t, username, soql); err != nil {
					t.Errorf("%s: %v", soql, err)
				}
			}
		})
	}
	for _, a := range rights.Actions {
		t.Run("without "+a.Name, func(t *testing.T) {
			names(t, s.through(t, serveCentre(t, without(whole, a.Name))), a.By, a.Name)
		})
	}
	t.Run("with all, nothing is refused at the contact centre", func(t *testing.T) {
		if err := s.through(t, serveCentre(t, whole)); err != nil {
			t.Error(err)
		}
	})
	t.Run("with all, set-up is taken back", func(t *testing.T) {
		if err := setup.Destroy(t.Context(), j.site.Platforms, j.site.Record, setup.Hooks{}); err != nil {
			t.Error(err)
		}
	})
}

// names wants a failure that names a place and what it lacks.
func names(t *testing.T, err error, places []string, right string) {
	t.Helper()
	if err == nil {
		t.Fatal("it went well")
	}
	named := func(place string) bool { return strings.Contains(err.Error(), place) }
	if !strings.Contains(err.Error(), right) || !slices.ContainsFunc(places, named) {
		t.Errorf("%v\nwant %s and one of %q", err, right, places)
	}
}

// give gives the runner's permission set a permission, or takes it away.
func (s *site) give(t *testing.T, p rights.Permission, on bool) {
	t.Helper()
	err := s.admin.Update(t.Context(), "PermissionSet", s.set, salesforce.Values{"Permissions" + p.Name: on})
	if err != nil {
		t.Fatal(err)
	}
}

// reads queries as a user.
func (s *site) reads(t *testing.T, username, soql string) error {
	t.Helper()
	session, err := salesforce.LoginSOAP(t.Context(), s.crm, username, password)
	if err != nil {
		t.Fatal(err)
	}
	_, err = salesforce.Query[struct{ Id string }](t.Context(), salesforce.New(salesforce.Config{Session: session}), soql)
	return err
}

// without is a policy that lacks an action.
func without(d rights.Document, action string) rights.Document {
	d.Statement = slices.Clone(d.Statement)
	for i, s := range d.Statement {
		d.Statement[i].Action = slices.DeleteFunc(slices.Clone(s.Action), func(a string) bool { return a == action })
	}
	d.Statement = slices.DeleteFunc(d.Statement, func(s rights.Statement) bool { return len(s.Action) == 0 })
	return d
}

func applies(t *testing.T, j job) {
	ctx, p := t.Context(), j.site.Platforms
	if err := setup.Apply(ctx, p, j.steps.InOrder(), j.site.Record, setup.Hooks{}); err != nil {
		t.Fatal(err)
	}
	left, err := setup.Plan(ctx, p, j.steps.InOrder())
	if create, update, _ := setup.Pending(left); err != nil || create+update > 0 {
		t.Errorf("%d and %d changes are left, %v", create, update, err)
	}
	if err := lacking(ctx, t, j, ""); err != nil {
		t.Error(err)
	}
}

// through takes set-up through all that it does at the contact centre: it is found, planned, applied, planned again,
// verified and taken back; the first error ends it.
func (s *site) through(t *testing.T, endpoint string) error {
	t.Helper()
	j, err := s.open(t, endpoint)
	if err != nil {
		return err
	}
	ctx, p := t.Context(), j.site.Platforms
	all := []setup.Step{j.steps.ApprovedOrigins, j.steps.AgentStatuses}
	if err := setup.Apply(ctx, p, all, j.site.Record, setup.Hooks{}); err != nil {
		return err
	}
	if _, err := setup.Plan(ctx, p, all); err != nil {
		return err
	}
	if err := lacking(ctx, t, j, "agents"); err != nil {
		return err
	}
	return setup.Destroy(ctx, p, j.site.Record, setup.Hooks{})
}

// lacking verifies, with one check or all, and gives what a check says about rights.
func lacking(ctx context.Context, t *testing.T, j job, only string) error {
	t.Helper()
	all := checks.All(checks.On{Config: j.cfg, Site: j.site, Steps: j.steps})
	if only != "" {
		all = slices.DeleteFunc(all, func(c setup.Check) bool { return c.Name != only })
	}
	found, err := setup.Verify(ctx, all)
	for _, f := range found {
		if strings.Contains(f.What, " lacks ") {
			err = errors.Join(err, errors.New(f.Check+": "+f.What))
		}
	}
	return err
}

func TestEachRightIsNeededBySomethingThatThereIs(t *testing.T) {
	places := []string{rights.SignIn}
	for _, step := range (steps.Steps{}).InOrder() {
		places = append(places, step.Name())
	}
	for _, check := range checks.All(checks.On{}) {
		places = append(places, check.Name)
	}
	want := func(right string, by []string) {
		for _, place := range by {
			if !slices.Contains(places, place) {
				t.Errorf("%s: nothing is called %s", right, place)
			}
		}
		if len(by) == 0 {
			t.Errorf("%s is needed by nothing", right)
		}
	}
	for _, a := range rights.Actions {
		want(a.Name, a.By)
	}
	for _, p := range rights.Permissions {
		want(p.Label, p.By)
	}
}
