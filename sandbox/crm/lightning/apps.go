package lightning

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"github.com/patchcord/patchcord/sandbox/crm/lightning/edge"
	"github.com/patchcord/patchcord/sandbox/crm/people"
	"github.com/patchcord/patchcord/sandbox/crm/schema"
)

const (
	consoleApp = "standard__LightningService"
	consoleID  = "06m000000000001AAA"
	appKey     = "app" // under which a user's current app is kept
)

// shownApp is an app that a user may open: its full name, its id in addresses, and what its file says.
type shownApp struct {
	Name, ID string
	applicationXML
}

// shownApps are the Lightning apps with console navigation for desktops that the user's profile or permission sets show, the Service
// Console first. In addresses an app's id has the prefix of its definition, 06m.
func (s *server) shownApps(ctx context.Context, r asked) ([]shownApp, error) {
	all, err := s.cfg.Org.Components(ctx, "CustomApplication")
	if err != nil {
		return nil, err
	}
	var shown []shownApp
	for _, c := range all {
		app := shownApp{Name: c.FullName, ID: consoleID}
		if c.FullName != consoleApp {
			if len(c.ID) < 15 {
				continue // a component that an older version kept has no id to open it by
			}
			app.ID = string(schema.To18("06m" + string(c.ID[3:15])))
		}
		if !r.Actor.AppVisible(app.Name) {
			continue
		}
		source, _ := c.File(".app")
		if app.applicationXML, err = parse[applicationXML](source); err != nil {
			s.cfg.Log.WarnContext(ctx, "deployed app not readable", "app", app.Name, "err", err)
			continue
		}
		isForDesktops := len(app.FormFactors) == 0 || slices.Contains(app.FormFactors, "Large")
		if app.UIType == "Lightning" && app.NavType == "Console" && isForDesktops {
			shown = append(shown, app)
		}
	}
	slices.SortStableFunc(shown, func(a, b shownApp) int {
		switch consoleApp {
		case a.Name:
			return -1
		case b.Name:
			return 1
		}
		return strings.Compare(a.Label, b.Label)
	})
	return shown, nil
}

// current is the app that the user opened last and still sees, else the first one; without an id when there is none.
func (s *server) current(ctx context.Context, r asked) (shownApp, error) {
	shown, err := s.shownApps(ctx, r)
	if err != nil || len(shown) == 0 {
		return shownApp{}, err
	}
	kept, err := people.Preference(ctx, r.Actor.Access, appKey)
	if at := slices.IndexFunc(shown, func(a shownApp) bool { return a.Name == kept }); at >= 0 {
		return shown[at], err
	}
	return shown[0], err
}

// launcher is what the App Launcher offers: apps, and items whatever the app.
func (s *server) launcher(ctx context.Context, r asked) (launcherOut, error) {
	shown, err := s.shownApps(ctx, r)
	if err != nil {
		return launcherOut{}, err
	}
	objects := objectsOf(r)
	out := launcherOut{Apps: []launchedOut{}, Items: s.tabbed(ctx, r, objects)}
	for _, a := range shown {
		out.Apps = append(out.Apps, launchedOut{a.ID, a.Label, a.Description})
	}
	return out, nil
}

// openApp makes an app the user's current one.
func (s *server) openApp(ctx context.Context, r asked) (savedViewOut, error) {
	in, err := edge.Decode[openAppIn](r.Body)
	if err != nil {
		return savedViewOut{}, err
	}
	shown, err := s.shownApps(ctx, r)
	if err != nil {
		return savedViewOut{}, err
	}
	at := slices.IndexFunc(shown, func(a shownApp) bool { return in.ID != "" && strings.HasPrefix(a.ID, in.ID) && len(in.ID) >= 15 })
	if at < 0 {
		return savedViewOut{}, edge.Refuse(http.StatusNotFound, "NOT_FOUND",
			"This app isn't available to you. Ask your administrator for help or to request access.")
	}
	return savedViewOut{shown[at].Name}, people.PutPreference(ctx, r.Actor.Access, appKey, shown[at].Name)
}

// app is the user's current app: its items, and its utility bar.
func (s *server) app(ctx context.Context, r asked, objects []object) (appOut, error) {
	a, err := s.current(ctx, r)
	if err != nil || a.ID == "" {
		return appOut{Utilities: []utilityOut{}, Navigation: []navItemOut{}}, err
	}
	out := appOut{ID: a.ID, Label: a.Label}
	bar, err := s.utilityBar(ctx, a.UtilityBar)
	if err != nil {
		return appOut{}, err
	}
	out.Utilities = bar.utilities()
	out.Navigation, _, _, err = s.navigation(ctx, r, a, objects)
	return out, err
}

func (s *server) utilityBar(ctx context.Context, bar string) (flexiPageXML, error) {
	if bar == "" {
		return flexiPageXML{}, nil
	}
	source, err := s.source(ctx, "FlexiPage", bar)
	if err != nil || source == nil {
		return flexiPageXML{}, err
	}
	page, err := parse[flexiPageXML](source)
	if err != nil {
		s.cfg.Log.WarnContext(ctx, "utility bar not readable", "page", bar, "err", err)
		return flexiPageXML{}, nil
	}
	return page, nil
}
