package secret

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"strings"
	"testing"
)

func TestStringNeverShowsItself(t *testing.T) {
	s := String("hunter2")
	var log bytes.Buffer
	slog.New(slog.NewJSONHandler(&log, nil)).Info("signed in", "password", s)
	body, err := json.Marshal(map[string]String{"password": s})
	if err != nil {
		t.Fatal(err)
	}
	for name, out := range map[string]string{
		"slog": log.String(), "json": string(body), "%v": fmt.Sprintf("%v", s), "%#v": fmt.Sprintf("%#v", s), "%s": fmt.Sprintf("%s!", s),
	} {
		if strings.Contains(out, "hunter2") {
			t.Errorf("%s shows the secret: %s", name, out)
		}
	}
	if s.Expose() != "hunter2" {
		t.Errorf("Expose = %q", s.Expose())
	}
}
