user-tests += faults
user-tests += fpu
user-tests += signal_frame
user-tests += tls
