package phonesetup

import "net/http"

func (s *server) routes() http.Handler {
	mux := http.NewServeMux()
	for path, handler := range map[string]http.Handler{
		"GET seen/{what}":  op(s, s.seen),
		"POST seen/{what}": op(s, s.see),

		"GET softphone-layouts":         op(s, s.layouts),
		"POST softphone-layouts":        op(s, s.saveLayout),
		"GET softphone-layout-form":     op(s, s.layoutForm),
		"DELETE softphone-layouts/{id}": op(s, s.dropLayout),
		"GET softphone-assignments":     op(s, s.assignments),
		"POST softphone-assignments":    op(s, s.assign),

		"GET call-centers":                     op(s, s.callCenters),
		"POST call-centers":                    op(s, s.importCallCenter),
		"GET call-centers/{id}":                op(s, s.callCenter),
		"POST call-centers/{id}":               op(s, s.saveCallCenter),
		"DELETE call-centers/{id}":             op(s, s.dropCallCenter),
		"POST call-centers/{id}/clone":         op(s, s.cloneCallCenter),
		"GET call-centers/{id}/users":          op(s, s.members),
		"POST call-centers/{id}/users":         op(s, s.addMembers),
		"POST call-centers/{id}/removed-users": op(s, s.removeMembers),
		"POST call-centers/{id}/found-users":   op(s, s.findUsers),
		"GET directory-numbers":                op(s, s.numbers),
		"POST directory-numbers":               op(s, s.saveNumber),
		"DELETE directory-numbers/{id}":        op(s, s.dropNumber),

		"GET apps":         op(s, s.apps),
		"GET apps/{name}":  op(s, s.app),
		"POST apps/{name}": op(s, s.saveApp),

		"GET pages":                op(s, s.pages),
		"GET pages/{id}":           op(s, s.page),
		"POST pages/{id}":          op(s, s.savePage),
		"DELETE pages/{id}":        op(s, s.dropPage),
		"GET pages/{id}/uses":      op(s, s.pageUses),
		"GET pages/{id}/security":  op(s, s.pageSecurity),
		"POST pages/{id}/security": op(s, s.saveSecurity),

		"GET listings":         op(s, s.listings),
		"GET listings/{id}":    op(s, s.listing),
		"POST installs":        op(s, s.install),
		"GET installs/{id}":    op(s, s.installStatus),
		"GET packages":         op(s, s.packages),
		"GET packages/{id}":    op(s, s.pack),
		"DELETE packages/{id}": op(s, s.uninstall),

		"GET mailbox":       mine(s, s.mailbox),
		"POST mailbox/{id}": mine(s, s.readMail),

		"GET ": op(s, s.nowhere),
	} {
		method, rest, _ := cut(path)
		mux.Handle(method+" "+Pattern+rest, handler)
	}
	return mux
}
