package recorded

import (
	"net/http"
	"net/url"
)

// door gives the first address of the way to a page.
func (o *Org) door(r *http.Request, body string) (*http.Response, error) {
	form, err := url.ParseQuery(body)
	if err != nil {
		return nil, err
	}
	way := o.doors[form.Get("redirect_uri")]
	if len(way) == 0 {
		return nil, unrecorded("the way to %s", form.Get("redirect_uri"))
	}
	return answer(r, http.StatusOK, map[string]string{"frontdoor_uri": way[0].At})
}

// page answers at an address of one of the ways.
func (o *Org) page(r *http.Request) (*http.Response, error) {
	for _, way := range o.doors {
		for _, h := range way {
			if h.At != r.URL.String() {
				continue
			}
			if h.To == "" {
				return text(r, http.StatusOK, h.Body), nil
			}
			moved := text(r, http.StatusFound, "")
			moved.Header.Set("Location", h.To)
			return moved, nil
		}
	}
	return nil, unrecorded("%s %s", r.Method, r.URL)
}
