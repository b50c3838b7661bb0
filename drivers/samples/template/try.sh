# Run where NAME.ko is loaded: ends with 0 when the driver does what it says.
echo hello >/dev/NAME || exit 1
test "$(cat /dev/NAME)" = hello || exit 1
seq 1 100 >/dev/NAME 2>/dev/null && exit 1	# too long
test "$(cat /dev/NAME)" = hello || exit 1
echo well
