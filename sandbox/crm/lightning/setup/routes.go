package setup

import (
	"slices"
	"strings"
)

// permission is a system permission that a route needs beside View Setup.
type permission string

// The permissions that Setup asks for. Source: salesforce-surface.md §9.
const (
	ViewSetup            permission = "ViewSetup"
	CustomizeApplication permission = "CustomizeApplication"
	ManageUsers          permission = "ManageUsers"
	AssignPermissionSets permission = "AssignPermissionSets"
	ManagePermissionSets permission = "ManageProfilesPermissionsets"
	ManageCallCenters    permission = "ManageCallCenters"
	ModifyAllData        permission = "ModifyAllData"
	ResetPasswords       permission = "ResetPasswords"
	FreezeUsers          permission = "FreezeUsers"
)

// route is one thing that a page can ask. The pattern is a method and the path below /lightning/api/setup.
type route struct {
	pattern string
	needs   permission
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
			{"GET /start", ViewSetup, read(s.start)},
			{"GET /users/pick", ViewSetup, read(s.pickUsers)},
		},
		s.permissionSetRoutes(),
		s.userRoutes(),
		s.customSettingRoutes(),
		s.objectRoutes(),
		s.securityRoutes(),
		s.companyRoutes(),
		s.clientAppRoutes(),
		s.auditRoutes(),
		s.flowRoutes(),
	)
}
