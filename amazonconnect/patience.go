package amazonconnect

import (
	"errors"
	"strconv"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/aws/retry"
	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
)

const (
	attempts      = 6 // of a request that was throttled or met a passing fault
	longestPause  = 20 * time.Second
	maxRetryAfter = time.Minute
)

// patience repeats throttled requests after growing, jittered pauses, or after as long as the service asks for.
type patience struct{ aws.RetryerV2 }

func newPatience(tries int) patience {
	return patience{retry.NewStandard(func(o *retry.StandardOptions) {
		o.MaxAttempts, o.MaxBackoff = tries, longestPause
	})}
}

// RetryDelay is the service's own wish if it has one.
func (p patience) RetryDelay(attempt int, err error) (time.Duration, error) {
	if response, ok := errors.AsType[*awshttp.ResponseError](err); ok && response.HTTPResponse() != nil {
		if seconds, err := strconv.Atoi(response.HTTPResponse().Header.Get("Retry-After")); err == nil && seconds > 0 {
			return min(time.Duration(seconds)*time.Second, maxRetryAfter), nil
		}
	}
	return p.RetryerV2.RetryDelay(attempt, err)
}
