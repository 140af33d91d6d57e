package lightning

import (
	"context"
	"encoding/json"
	"net/http"
	"slices"

	"github.com/patchcord/patchcord/sandbox/crm/lightning/edge"
	"github.com/patchcord/patchcord/sandbox/crm/people"
)

// mostItems are the navigation items that one app may have.
const mostItems = 50

// navigationKey is under which a user's own items of an app are kept.
func navigationKey(app string) string { return "navigation:" + app }

var homeItem = navItemOut{Object: "Home", Label: "Home", Singular: "Home", Icon: "standard:home"}

// tabbed are the items that the user may have in the navigation: Home, and the visible tabs of objects.
func (s *server) tabbed(ctx context.Context, r asked, objects []object) []navItemOut {
	items := []navItemOut{homeItem}
	for _, o := range objects {
		if !slices.Contains(standardTabs, o.Name) && !o.isCustom() || !r.Actor.TabVisible(o.Name) {
			continue
		}
		items = append(items, navItemOut{Object: o.Name, Label: o.Plural, Singular: o.Label, Icon: s.iconOf(ctx, o.Name)})
	}
	return items
}

// defaultTabs are those of the app as delivered, or as it was deployed.
func (a shownApp) defaultTabs() []string {
	if len(a.Tabs) == 0 {
		return append([]string{homeItem.Object}, standardTabs...)
	}
	return objectsOfTabs(a.Tabs)
}

// navigation is what the user made of the app's items, else the app's own; only what the user may see.
func (s *server) navigation(ctx context.Context, r asked, app shownApp, objects []object) (items, defaults, all []navItemOut, err error) {
	all = s.tabbed(ctx, r, objects)
	if defaults = chosen(all, app.defaultTabs()); len(defaults) == 0 {
		defaults = []navItemOut{homeItem}
	}
	kept, err := people.Preference(ctx, r.Actor.Access, navigationKey(app.Name))
	if err != nil {
		return nil, nil, nil, err
	}
	var own []string
	if kept != "" && json.Unmarshal([]byte(kept), &own) == nil && len(own) > 0 {
		if items = chosen(all, own); len(items) > 0 {
			return items, defaults, all, nil
		}
	}
	return defaults, defaults, all, nil
}

func chosen(all []navItemOut, names []string) []navItemOut {
	items := []navItemOut{}
	for _, name := range names {
		if at := slices.IndexFunc(all, func(i navItemOut) bool { return i.Object == name }); at >= 0 {
			items = append(items, all[at])
		}
	}
	return items
}

// readNavigation is what the dialog for editing the navigation shows.
func (s *server) readNavigation(ctx context.Context, r asked) (navigationOut, error) {
	objects := objectsOf(r)
	app, err := s.current(ctx, r)
	if err != nil {
		return navigationOut{}, err
	}
	items, defaults, all, err := s.navigation(ctx, r, app, objects)
	return navigationOut{Items: items, Defaults: defaults, Available: all}, err
}

// saveNavigation keeps the user's items; an empty list goes back to the app's own.
func (s *server) saveNavigation(ctx context.Context, r asked) (navigationOut, error) {
	in, err := edge.Decode[navigationIn](r.Body)
	if err != nil {
		return navigationOut{}, err
	}
	app, err := s.current(ctx, r)
	if err != nil {
		return navigationOut{}, err
	}
	objects := objectsOf(r)
	if len(in.Items) > mostItems {
		return navigationOut{}, edge.Refuse(http.StatusBadRequest, "LIMIT_EXCEEDED", "You can have up to 50 items in the navigation bar.")
	}
	all := s.tabbed(ctx, r, objects)
	seen := map[string]bool{}
	for _, name := range in.Items {
		if !slices.ContainsFunc(all, func(i navItemOut) bool { return i.Object == name }) {
			return navigationOut{}, edge.Refuse(http.StatusBadRequest, "INVALID_INPUT", "One of the items isn't available to you: "+name+".")
		}
		if seen[name] {
			return navigationOut{}, edge.Refuse(http.StatusBadRequest, "DUPLICATE_VALUE",
				"An item can be in the navigation bar only once: "+name+".")
		}
		seen[name] = true
	}
	kept := ""
	if len(in.Items) > 0 {
		text, err := json.Marshal(in.Items)
		if err != nil {
			return navigationOut{}, err
		}
		kept = string(text)
	}
	if err := people.PutPreference(ctx, r.Actor.Access, navigationKey(app.Name), kept); err != nil {
		return navigationOut{}, err
	}
	return s.readNavigation(ctx, r)
}
