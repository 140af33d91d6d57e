package auth

import (
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"net/url"
	"strings"
	"testing"
)

func TestACodeIsGoodOnlyOnceThePersonAllowsIt(t *testing.T) {
	d := newDoor(t)
	sum := sha256.Sum256([]byte(verifier))
	asked := func() string {
		t.Helper()
		w := d.browser(http.MethodGet, "/services/oauth2/authorize?"+url.Values{"response_type": {"code"}, "client_id": {"key"},
			"redirect_uri": {redirect}, "code_challenge": {base64.RawURLEncoding.EncodeToString(sum[:])}}.Encode(), nil)
		_, rest, ok := strings.Cut(w.Body.String(), `name="code" value="`)
		if !ok {
			t.Fatalf("Allow Access? is not asked: %d %s", w.Code, w.Body)
		}
		key, _, _ := strings.Cut(rest, `"`)
		return key
	}
	approve := func(key string) string {
		t.Helper()
		w := d.browser(http.MethodPost, "/services/oauth2/approve", url.Values{"code": {key}, "allow": {"yes"}})
		to, err := url.Parse(w.Header().Get("Location"))
		if err != nil {
			t.Fatal(err)
		}
		return to.Query().Get("code")
	}
	wantError(t, d.exchange(asked(), "s3cret"), "invalid_grant", "expired authorization code")
	code := approve(asked())
	if again := approve(code); again != "" {
		t.Errorf("a code that was allowed already gave another one")
	}
	if out := d.exchange(approve(asked()), "s3cret"); out["access_token"] == nil {
		t.Errorf("after it was allowed: %v", out)
	}
}
