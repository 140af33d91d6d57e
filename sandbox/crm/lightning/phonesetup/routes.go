package phonesetup

import (
	"net/http"

	"github.com/patchcord/patchcord/sandbox/crm"
)

// What an address may want beside View Setup. All of a call center, its users too, is for who manages call centers.
const (
	customize = crm.CustomizeApplication
	centers   = crm.ManageCallCenters
)

func (s *server) routes() http.Handler {
	mux := http.NewServeMux()
	for path, handler := range map[string]http.Handler{
		"GET seen/{what}":  op(s, s.seen),
		"POST seen/{what}": op(s, s.see),

		"GET softphone-layouts":         op(s, s.layouts, centers),
		"POST softphone-layouts":        op(s, s.saveLayout, centers),
		"GET softphone-layout-form":     op(s, s.layoutForm, centers),
		"DELETE softphone-layouts/{id}": op(s, s.dropLayout, centers),
		"GET softphone-assignments":     op(s, s.assignments, centers),
		"POST softphone-assignments":    op(s, s.assign, centers),

		"GET call-centers":                     op(s, s.callCenters, centers),
		"POST call-centers":                    op(s, s.importCallCenter, centers),
		"GET call-centers/{id}":                op(s, s.callCenter, centers),
		"POST call-centers/{id}":               op(s, s.saveCallCenter, centers),
		"DELETE call-centers/{id}":             op(s, s.dropCallCenter, centers),
		"POST call-centers/{id}/clone":         op(s, s.cloneCallCenter, centers),
		"GET call-centers/{id}/users":          op(s, s.members, centers),
		"POST call-centers/{id}/users":         op(s, s.addMembers, centers),
		"POST call-centers/{id}/removed-users": op(s, s.removeMembers, centers),
		"POST call-centers/{id}/found-users":   op(s, s.findUsers, centers),
		"GET directory-numbers":                op(s, s.numbers, centers),
		"POST directory-numbers":               op(s, s.saveNumber, centers),
		"DELETE directory-numbers/{id}":        op(s, s.dropNumber, centers),

		"GET apps":           op(s, s.apps, customize),
		"POST apps":          op(s, s.createApp, customize),
		"GET app-form":       op(s, s.blankApp, customize),
		"GET apps/{name}":    op(s, s.app, customize),
		"POST apps/{name}":   op(s, s.saveApp, customize),
		"DELETE apps/{name}": op(s, s.dropApp, customize),

		"GET pages":                op(s, s.pages, customize),
		"GET pages/{id}":           op(s, s.page, customize),
		"POST pages/{id}":          op(s, s.savePage, customize),
		"DELETE pages/{id}":        op(s, s.dropPage, customize),
		"GET pages/{id}/uses":      op(s, s.pageUses, customize),
		"GET pages/{id}/security":  op(s, s.pageSecurity, customize),
		"POST pages/{id}/security": op(s, s.saveSecurity, customize),

		"GET listings":         op(s, s.listings, customize),
		"GET listings/{id}":    op(s, s.listing, customize),
		"POST installs":        op(s, s.install, customize),
		"GET installs/{id}":    op(s, s.installStatus, customize),
		"GET packages":         op(s, s.packages, customize),
		"GET packages/{id}":    op(s, s.pack, customize),
		"DELETE packages/{id}": op(s, s.uninstall, customize),

		"GET mailbox":       mine(s, s.mailbox),
		"POST mailbox/{id}": mine(s, s.readMail),

		"GET ": op(s, s.nowhere),
	} {
		method, rest, _ := cut(path)
		mux.Handle(method+" "+Pattern+rest, handler)
	}
	return mux
}
