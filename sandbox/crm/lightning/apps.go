package lightning

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"github.com/patchcord/patchcord/sandbox/crm/lightning/edge"
)

// App is an app of the org: its full name, its id in addresses, and its metadata file.
type App struct {
	Name, ID string
	Source   []byte
}

const (
	consoleApp = "standard__LightningService"
	consoleID  = "06m000000000001AAA"
	appKey     = "app" // under which a user's current app is kept
)

// shownApp is an app that a user may open.
type shownApp struct {
	App
	applicationXML
}

// shownApps are the Lightning apps with console navigation for desktops that the user's profile or permission sets show, the Service Console first.
func (s *server) shownApps(ctx context.Context, r asked) ([]shownApp, error) {
	all, err := s.cfg.Data.Apps(ctx)
	if err != nil {
		return nil, err
	}
	var shown []shownApp
	for _, a := range all {
		if !r.actor.SeesApp(ctx, a.Name) {
			continue
		}
		parsed, err := parse[applicationXML](a.Source)
		if err != nil {
			s.cfg.Log.WarnContext(ctx, "deployed app not readable", "app", a.Name, "err", err)
			continue
		}
		if parsed.UIType != "Lightning" || parsed.NavType != "Console" || len(parsed.FormFactors) > 0 && !slices.Contains(parsed.FormFactors, "Large") {
			continue
		}
		shown = append(shown, shownApp{a, parsed})
	}
	slices.SortStableFunc(shown, func(a, b shownApp) int {
		if (a.Name == consoleApp) != (b.Name == consoleApp) {
			return map[bool]int{true: -1, false: 1}[a.Name == consoleApp]
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
	kept, err := r.actor.Kept(ctx, appKey)
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
	objects, err := r.actor.Objects(ctx)
	if err != nil {
		return launcherOut{}, err
	}
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
		return savedViewOut{}, edge.Refuse(http.StatusNotFound, "NOT_FOUND", "This app isn't available to you. Ask your administrator for help or to request access.")
	}
	return savedViewOut{shown[at].Name}, r.actor.Keep(ctx, appKey, shown[at].Name)
}

// app is the user's current app: its items, and its utility bar.
func (s *server) app(ctx context.Context, r asked, objects []Object) (appOut, error) {
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
	source, err := s.cfg.Data.Component(ctx, "FlexiPage", bar)
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
