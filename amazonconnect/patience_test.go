package amazonconnect

import (
	"errors"
	"net/http"
	"testing"
	"time"

	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	smithyhttp "github.com/aws/smithy-go/transport/http"
)

func TestThrottledRequestsWait(t *testing.T) {
	answer := func(after string) error {
		header := http.Header{}
		header.Set("Retry-After", after)
		return &awshttp.ResponseError{ResponseError: &smithyhttp.ResponseError{Response: &smithyhttp.Response{
			Response: &http.Response{Header: header}}, Err: errors.New("throttled")}}
	}
	p := newPatience(attempts)
	for _, tc := range []struct {
		name     string
		err      error
		at       int
		min, max time.Duration
	}{
		{"as long as the service asks", answer("3"), 1, 3 * time.Second, 3 * time.Second},
		{"but a minute at most", answer("86400"), 1, time.Minute, time.Minute},
		{"by our own measure when it does not ask", answer(""), 2, 0, longestPause},
		{"never longer than our longest pause", errors.New("reset"), 5, 0, longestPause},
	} {
		t.Run(tc.name, func(t *testing.T) {
			got, err := p.RetryDelay(tc.at, tc.err)
			if err != nil || got < tc.min || got > tc.max {
				t.Errorf("waits %s, %v; want %s to %s", got, err, tc.min, tc.max)
			}
		})
	}
	if p.MaxAttempts() != attempts {
		t.Errorf("%d attempts, want %d", p.MaxAttempts(), attempts)
	}
}
