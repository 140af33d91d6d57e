package setup

import (
	"slices"
	"strings"

	"github.com/patchcord/patchcord/sandbox/crm"
)

// route is one thing that a page can ask. The pattern is a method and the path below /lightning/api/setup.
type route struct {
	pattern string
	needs   crm.Permission // beside View Setup; source: salesforce-surface.md §9
	serve   handler
}

func cutPattern(pattern string) string {
	method, path, _ := strings.Cut(pattern, " ")
	return method + " " + strings.TrimSuffix(Pattern, "/") + path
}

// routes is all that the Setup pages can ask; a feature adds its own table here.
func (s *server) routes() []route {
	return slices.Concat(
		[]route{
			{"GET /start", crm.ViewSetup, read(s.start)},
			{"GET /users/pick", crm.ViewSetup, read(s.pickUsers)},
		},
		s.permissionSetRoutes(),
		s.userRoutes(),
		s.customSettingRoutes(),
		s.objectRoutes(),
		s.profileRoutes(),
		s.clientAppRoutes(),
		s.auditRoutes(),
		s.flowRoutes(),
	)
}
