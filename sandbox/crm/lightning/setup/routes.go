package setup

import (
	"github.com/patchcord/patchcord/sandbox/crm/rights"
)

// What a route may want beside View Setup. Source: Salesforce Help.
const (
	everybody = rights.Permission("") // not even View Setup
	view      = rights.ViewSetup
	customize = rights.CustomizeApplication
	centers   = rights.ManageCallCenters // all of a call center, its users too
	sets      = rights.ManagePermissionSets
)

// route is one thing that a page can ask. The pattern is a method and the path below /lightning/api/setup.
type route struct {
	pattern string
	needs   rights.Permission
	serve   handler
}

// routes is all that the pages of Setup can ask.
func (s *server) routes() []route {
	calls := callCenterPages{s}
	return append(s.omniRoutes(), []route{
		{"GET /start", view, read(s.start)},
		{"GET /audit", view, read(s.auditTrail)},
		{"GET /lookup", view, read(s.lookup)},
		{"GET /seen/{what}", view, read(s.seen)},
		{"POST /seen/{what}", view, read(s.see)},
		{"GET /mailbox", everybody, read(s.mailbox)}, // one's own; all of it for who may see it
		{"POST /mailbox/{id}", everybody, read(s.readMail)},

		{"GET /permsets", view, read(s.permissionSets)},
		{"POST /permsets", sets, write(s, createPermissionSet)},
		{"GET /permsets/{id}", view, read(s.permissionSet)},
		{"PATCH /permsets/{id}", sets, write(s, editPermissionSet)},
		{"POST /permsets/{id}/clone", sets, write(s, clonePermissionSet)},
		{"DELETE /permsets/{id}", sets, write(s, deletePermissionSet)},
		{"PUT /permsets/{id}/objects/{object}", sets, write(s, setObjectRights)},
		{"PUT /permsets/{id}/apps", sets, write(s, setApps)},
		{"PUT /permsets/{id}/pages", sets, write(s, setPages)},
		{"PUT /permsets/{id}/settings", sets, write(s, setSettings)},
		{"PUT /permsets/{id}/system", sets, write(s, setSystemPermissions)},
		{"GET /permsets/{id}/assignments", view, read(s.assignments)},
		{"GET /permsets/{id}/candidates", view, read(s.candidates)},
		{"POST /permsets/{id}/assign", rights.AssignPermissionSets, write(s, assign)},
		{"POST /permsets/{id}/unassign", rights.AssignPermissionSets, write(s, unassign)},
		{"GET /profiles", view, read(s.profiles)},
		{"GET /profiles/{id}", view, read(s.profile)},

		{"GET /users", view, read(s.users)},
		{"GET /users/choices", view, read(s.userChoices)},
		{"POST /users", rights.ManageUsers, write(s, createUser)},
		{"GET /users/{id}", view, read(s.userPage)},
		{"PATCH /users/{id}", rights.ManageUsers, write(s, editUser)},
		{"POST /users/passwords", rights.ResetPasswords, write(s, resetPasswords)},
		{"POST /users/{id}/freeze", rights.FreezeUsers, write(s, freezeUser)},

		{"GET /flows", view, read(s.flows)},
		{"GET /customsettings", view, read(s.customSettings)},
		{"GET /customsettings/{object}", view, read(s.customSetting)},
		{"POST /customsettings/{object}", customize, write(s, createSetting)},
		{"PATCH /customsettings/{object}/{id}", customize, write(s, editSetting)},
		{"DELETE /customsettings/{object}/{id}", customize, write(s, deleteSetting)},
		{"GET /clientapps", view, read(s.clientApps)},
		{"GET /clientapps/{name}", view, read(s.clientApp)},
		{"POST /clientapps/{name}/consumer", customize, s.clientAppConsumer},

		{"GET /softphone-layouts", centers, read(s.layouts)},
		{"POST /softphone-layouts", centers, read(s.saveLayout)},
		{"GET /softphone-layout-form", centers, read(s.layoutForm)},
		{"DELETE /softphone-layouts/{id}", centers, read(s.dropLayout)},
		{"GET /softphone-assignments", centers, read(s.layoutAssignments)},
		{"POST /softphone-assignments", centers, read(s.assignLayouts)},
		{"GET /call-centers", centers, read(calls.callCenters)},
		{"POST /call-centers", centers, read(calls.importCallCenter)},
		{"GET /call-centers/{id}", centers, read(calls.callCenter)},
		{"POST /call-centers/{id}", centers, read(calls.saveCallCenter)},
		{"DELETE /call-centers/{id}", centers, read(calls.dropCallCenter)},
		{"POST /call-centers/{id}/clone", centers, read(calls.cloneCallCenter)},
		{"GET /call-centers/{id}/users", centers, read(calls.members)},
		{"POST /call-centers/{id}/users", centers, read(calls.addMembers)},
		{"POST /call-centers/{id}/removed-users", centers, read(calls.removeMembers)},
		{"POST /call-centers/{id}/found-users", centers, read(calls.findUsers)},

		{"GET /apps", customize, read(s.apps)},
		{"GET /apps/{name}", customize, read(s.app)},
		{"POST /apps/{name}", customize, read(s.saveApp)},
		{"GET /pages", customize, read(s.pages)},
		{"GET /pages/{id}", customize, read(s.page)},
		{"GET /listings", customize, read(s.listings)},
		{"GET /listings/{id}", customize, read(s.listing)},
		{"POST /installs", customize, read(s.install)},
		{"GET /installs/{id}", customize, read(s.installStatus)},
		{"GET /packages", customize, read(s.packages)},
		{"GET /packages/{id}", customize, read(s.pack)},
		{"DELETE /packages/{id}", customize, read(s.uninstall)},
	}...)
}
