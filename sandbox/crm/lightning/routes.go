package lightning

import "net/http"

func (s *server) routes() http.Handler {
	mux := http.NewServeMux()
	mux.Handle("GET /lightning/api/bootstrap", op(s, s.bootstrap))
	mux.Handle("GET /lightning/api/launcher", op(s, s.launcher))
	mux.Handle("PUT /lightning/api/app", op(s, s.openApp))
	mux.Handle("GET /lightning/api/objects/{object}", op(s, s.object))
	mux.Handle("GET /lightning/api/lists/{object}", op(s, s.list))
	mux.Handle("POST /lightning/api/lists/{object}", op(s, s.createView))
	mux.Handle("PUT /lightning/api/lists/{object}/{view}", op(s, s.changeView))
	mux.Handle("DELETE /lightning/api/lists/{object}/{view}", op(s, s.removeView))
	mux.Handle("PUT /lightning/api/pins/{object}", op(s, s.pin))
	mux.Handle("GET /lightning/api/navigation", op(s, s.readNavigation))
	mux.Handle("PUT /lightning/api/navigation", op(s, s.saveNavigation))
	mux.Handle("POST /lightning/api/records/{object}", op(s, s.create))
	mux.Handle("GET /lightning/api/records/{object}/{id}", op(s, s.record))
	mux.Handle("PATCH /lightning/api/records/{object}/{id}", op(s, s.update))
	mux.Handle("DELETE /lightning/api/records/{object}/{id}", op(s, s.remove))
	mux.Handle("POST /lightning/api/records/{object}/{id}/undelete", op(s, s.undelete))
	mux.Handle("GET /lightning/api/records/{object}/{id}/related", op(s, s.related))
	mux.Handle("GET /lightning/api/search", op(s, s.search))
	mux.Handle("GET /lightning/api/lookup", op(s, s.lookup))
	mux.Handle("GET /lightning/api/softphone/search", op(s, s.softphoneSearch))
	mux.Handle("GET /lightning/api/softphone/layout", op(s, s.softphoneLayout))
	mux.Handle("GET /lightning/api/", op(s, s.nothing))
	mux.HandleFunc("GET /lightning/", s.shell)
	mux.HandleFunc("GET /lightning", s.shell)
	mux.HandleFunc("GET /one/", s.old)
	mux.HandleFunc("GET /file-asset/{name}", s.fileAsset)
	return mux
}
