package admin

import (
	"encoding/base64"
	"encoding/json"
	"net/url"
	"strconv"

	"github.com/patchcord/patchcord/internal/fault"
)

// encodeCursor is where a list goes on, as text.
func encodeCursor(at any) string {
	body, _ := json.Marshal(at) // it is plain
	return base64.RawURLEncoding.EncodeToString(body)
}

// decodeCursor reads where a list goes on.
func decodeCursor(text string, at any) error {
	body, err := base64.RawURLEncoding.DecodeString(text)
	if err == nil {
		err = json.Unmarshal(body, at)
	}
	if err != nil {
		return errCursor(err)
	}
	return nil
}

// rowCursor reads where a list goes on that is in the order of its rows' numbers; 0 for its beginning.
func rowCursor(q url.Values) (int64, error) {
	n, err := strconv.ParseInt("0"+q.Get("cursor"), 10, 64)
	if err != nil {
		return 0, errCursor(err)
	}
	return n, nil
}

func errCursor(cause error) error {
	return fault.New(fault.Invalid, cause, "This list cannot go on from there: begin it anew.")
}
